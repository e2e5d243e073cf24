/** A command as the runner of GitHub Actions understands it. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly message: string;
}

/**
 * Reads a log as the runner does: https://github.com/actions/runner, `ActionCommand.TryParseV2` and `TryParse`. Throws for
 * lines that are no command, and for those that an older command stands in.
 */
export function parseWorkflowCommands(log: string): readonly WorkflowCommand[] {
  return log
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .map((line) => {
      if (!line.startsWith('::') || line.includes('##[')) throw new Error(`no command: ${line.slice(0, 80)}`);
      const end = line.indexOf('::', 2);
      if (end === -1) throw new Error(`a command that does not end: ${line.slice(0, 80)}`);
      const head = line.slice(2, end);
      const space = head.indexOf(' ');
      const name = space === -1 ? head : head.slice(0, space);
      const properties = new Map<string, string>();
      for (const pair of (space === -1 ? '' : head.slice(space + 1)).split(',').filter((part) => part !== '')) {
        const equals = pair.indexOf('=');
        if (equals === -1) throw new Error(`no property: ${pair}`);
        properties.set(pair.slice(0, equals).trim(), unescapedProperty(pair.slice(equals + 1)));
      }
      return { name, properties, message: unescaped(line.slice(end + 2)) };
    });
}

function unescapedProperty(text: string): string {
  return unescaped(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
