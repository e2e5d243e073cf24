/** The types of a table of `traffic-classes.ts`, with their prefix. */
export function typesOf(table: string): readonly string[] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [service = '', names = ''] = line.split(': ');
      return names.split(' ').map((name) => (name === '-' ? `aws_${service}` : `aws_${service}_${name}`));
    });
}
