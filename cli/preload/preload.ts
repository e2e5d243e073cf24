/**
 * Loaded with `node --require` into the user's CDKTF program by `trefoil synth`. It makes the synthesised JSON say
 * which TypeScript lines made it:
 *
 * - `//.metadata.stackTrace` of every resource, data source and module: `["stacks/site.ts:42:5", ...]`, innermost first;
 * - `//.metadata.trefoil` of every stack: a `StackTrace`.
 *
 * Files are relative to the directory of `cdktf.json`. Nothing here may break a synth.
 */
import { attempt } from './attempt.ts';
import { onJsiiClass } from './jsii-classes.ts';
import { patchClass } from './patch-class.ts';
import { SourceFrames } from './source-frames.ts';
import { SourceMaps } from './source-maps.ts';

/** The directory of `cdktf.json`; `trefoil synth` sets it, and without it the preload does nothing. */
const root = process.env['TREFOIL_SYNTH_ROOT'];

if (root !== undefined) attempt(() => install(root));

function install(directory: string): void {
  const maps = new SourceMaps();
  maps.recordInlineMaps();
  const frames = new SourceFrames(directory, maps);
  onJsiiClass((name, type) => attempt(() => patchClass(name, type, frames)));
}
