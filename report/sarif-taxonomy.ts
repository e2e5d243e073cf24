import type { ReportingDescriptorRelationship, ToolComponent, ToolComponentReference } from 'sarif';
import { compareText } from '../model/text-order.ts';
import { FRAMEWORKS, mappingsOf } from '../policy/frameworks/index.ts';

/** The standards that some of the controls help to meet, with the requirements that they are mapped to. */
export function taxonomiesOf(controls: readonly string[]): readonly ToolComponent[] {
  return FRAMEWORKS.flatMap(({ id, name, title, url, mapping }) => {
    const requirements = new Set(controls.flatMap((control) => mapping.get(control) ?? []));
    if (requirements.size === 0) return [];
    const taxa = [...requirements].toSorted(compareText).map((requirement) => ({ id: requirement }));
    // Of the standard it has what the controls name, and no more.
    return [
      {
        name: id,
        fullName: title,
        shortDescription: { text: name },
        informationUri: url,
        isComprehensive: false,
        taxa,
      },
    ];
  });
}

export function referencesTo(taxonomies: readonly ToolComponent[]): ToolComponentReference[] {
  return taxonomies.map(({ name }, index) => ({ name, index }));
}

/** What a control is to the requirements of the taxonomies. */
export function relationshipsOf(
  control: string,
  taxonomies: readonly ToolComponent[],
): ReportingDescriptorRelationship[] {
  return mappingsOf(control).flatMap(({ framework, requirements }) => {
    const index = taxonomies.findIndex(({ name }) => name === framework.id);
    const taxa = taxonomies[index]?.taxa ?? [];
    return requirements.map((id) => ({
      target: { id, index: taxa.findIndex((taxon) => taxon.id === id), toolComponent: { name: framework.id, index } },
      kinds: ['relevant'],
    }));
  });
}
