import { InputError, type InputProblem } from '../model/input-error.ts';
import { quote } from '../model/json/quote.ts';
import type { ManifestStack } from '../model/synth/manifest.ts';

export function manifestError(stack: ManifestStack, what: string, cause?: unknown): InputError {
  return new InputError(
    {
      code: 'IN-MANIFEST',
      path: stack.location.file,
      location: stack.location,
      what: `stack ${quote(stack.name)} ${what}`,
      why: 'the manifest promises a stack that is not judged',
      fix: 'Synthesise again into an empty directory.',
    },
    cause,
  );
}

export function unlisted(path: string): InputProblem {
  return {
    code: 'IN-MANIFEST',
    path,
    what: 'the directory holds a stack that the manifest does not list',
    why: 'Terraform can apply it, and it is not judged',
    fix: 'Remove the directory, or synthesise again into an empty one.',
  };
}

export function nested(path: string): InputProblem {
  return {
    code: 'IN-MANIFEST',
    path,
    what: 'the directory holds configuration inside the directory of a stack',
    why: 'Terraform can apply it as a stack of its own, and it is not judged',
    fix: 'Give it as an input of its own, or move it out of the stack.',
  };
}

export function tooDeep(path: string, levels: number): InputProblem {
  return {
    code: 'IN-DEPTH',
    path,
    what: `directories nest deeper than ${levels} levels`,
    why: 'stacks below would not be judged',
    fix: 'Pass the directories of the stacks themselves.',
  };
}

export function noStack(path: string, what: string): InputProblem {
  return {
    code: 'IN-NOSTACK',
    path,
    what,
    why: 'nothing was judged, which must not look like nothing was found',
    fix: 'Pass cdktf.out or a directory of *.tf.json files.',
  };
}
