import type { Area } from '../../report/graph/arrangement.ts';
import type { Layout } from '../../report/graph/layout.ts';

function overlap(a: Area, b: Area): boolean {
  const shared = 0.5;
  return (
    a.x + shared < b.x + b.width &&
    b.x + shared < a.x + a.width &&
    a.y + shared < b.y + b.height &&
    b.y + shared < a.y + a.height
  );
}

export function isInside(inner: Area, outer: Area): boolean {
  return (
    inner.x >= outer.x - 0.5 &&
    inner.y >= outer.y - 0.5 &&
    inner.x + inner.width <= outer.x + outer.width + 0.5 &&
    inner.y + inner.height <= outer.y + outer.height + 0.5
  );
}

/** Everything that would make a picture hard to read. */
export function faultsIn({ width, height, groups, nodes, edges }: Layout): readonly string[] {
  const faults: string[] = [];
  const page = { x: 0, y: 0, width, height };
  const areas = new Map([...groups, ...nodes].map((placed) => [placed.item.id, placed]));
  for (const { item, ...area } of areas.values()) {
    if (!isInside(area, page)) faults.push(`${item.id} leaves the page`);
    const parent = item.parent === null ? undefined : areas.get(item.parent);
    if (parent !== undefined && !isInside(area, parent)) faults.push(`${item.id} leaves ${parent.item.id}`);
    for (const other of areas.values()) {
      if (other.item.id <= item.id || other.item.parent !== item.parent) continue;
      if (overlap(area, other)) faults.push(`${item.id} overlaps ${other.item.id}`);
    }
  }
  for (const { item, texts, ...area } of [...groups, ...nodes]) {
    for (const { text, x, y, width: length } of texts) {
      if (!isInside({ x, y: y - 9, width: length, height: 9 }, area)) faults.push(`"${text}" leaves ${item.id}`);
    }
  }
  for (const [index, { plate, points, item }] of edges.entries()) {
    if (points.length < 2) faults.push(`no line from ${item.from} to ${item.to}`);
    if (points.some(({ x, y }) => x < -0.5 || y < -0.5 || x > width + 0.5 || y > height + 0.5))
      faults.push('a line leaves the page');
    if (plate === null) continue;
    for (const node of nodes) if (overlap(plate, node)) faults.push(`a label overlaps ${node.item.id}`);
    for (const other of edges.slice(index + 1)) {
      if (other.plate !== null && overlap(plate, other.plate)) faults.push('two labels overlap');
    }
  }
  return faults;
}
