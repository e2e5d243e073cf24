/**
 * Search and filter, in plain DOM. It writes no HTML: it shows and hides what is there, so that no text of the report
 * can become more than text.
 */
export const SCRIPT = `(() => {
  'use strict';
  const form = document.getElementById('filter');
  const search = document.getElementById('search');
  const shown = document.getElementById('shown');
  const filtered = document.getElementById('filtered');
  const controls = [...document.querySelectorAll('section.control')].map((section) => ({
    section,
    family: section.closest('section.family'),
    findings: [...section.querySelectorAll('article.finding')],
    passes: section.querySelector('details.passes'),
    rows: [...section.querySelectorAll('details.passes tbody tr')],
  }));
  const total = controls.reduce((sum, { findings }) => sum + findings.length, 0);
  const allPasses = controls.reduce((sum, { rows }) => sum + rows.length, 0);
  const texts = new Map();
  const textOf = (element) => {
    let text = texts.get(element);
    if (text === undefined) texts.set(element, (text = element.textContent.toLowerCase()));
    return text;
  };

  const wanted = () => {
    const data = new FormData(form);
    return {
      words: search.value.toLowerCase().split(/\\s+/).filter((word) => word !== ''),
      verdicts: new Set(data.getAll('verdict')),
      site: data.get('site'),
      family: data.get('family'),
      severity: data.get('severity'),
      change: data.get('change') ?? '',
    };
  };

  const apply = () => {
    const { words, verdicts, site, family, severity, change } = wanted();
    const isWhole = words.length === 0 && verdicts.size === 4 && site + family + severity + change === '';
    const families = new Map();
    let found = 0;
    let passed = 0;
    for (const { section, family: parent, findings, passes, rows } of controls) {
      const ofControl =
        (family === '' || section.dataset.family === family) && (severity === '' || section.dataset.severity === severity);
      const name = section.querySelector('h3').textContent.toLowerCase();
      const matches = (element) =>
        (site === '' || element.dataset.site === site) &&
        words.every((word) => name.includes(word) || textOf(element).includes(word));
      let visible = 0;
      for (const finding of findings) {
        const isShown =
          ofControl &&
          verdicts.has(finding.dataset.verdict) &&
          (change === '' || finding.dataset.change === change) &&
          matches(finding);
        finding.hidden = !isShown;
        if (isShown) visible += 1;
      }
      found += visible;
      let inTable = 0;
      for (const row of rows) {
        const isShown = ofControl && verdicts.has('pass') && change === '' && matches(row);
        row.hidden = !isShown;
        if (isShown) inTable += 1;
      }
      passed += inTable;
      if (passes !== null) passes.hidden = inTable === 0;
      section.hidden = !isWhole && visible + inTable === 0;
      if (!section.hidden) families.set(parent, true);
    }
    for (const parent of document.querySelectorAll('section.family')) {
      parent.hidden = !isWhole && !families.has(parent);
    }
    const counts =
      found + ' of ' + total + (total === 1 ? ' finding' : ' findings') + ' and ' + passed + ' of ' + allPasses + (allPasses === 1 ? ' pass' : ' passes') + ' shown';
    shown.textContent = counts;
    filtered.hidden = isWhole;
    filtered.textContent = isWhole ? '' : 'A filter is on: ' + counts + '. The others are hidden, on paper too.';
  };

  let isWaiting = false;
  const later = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      apply();
    });
  };

  /** A link to what the filter hides, or to what is in something closed, shows it. */
  const reveal = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {}
    const target = id === '' ? null : document.getElementById(id);
    if (target === null) return;
    if (target.closest('[hidden]') !== null) form.reset();
    for (let parent = target.closest('details'); parent !== null; parent = parent.parentElement.closest('details')) {
      parent.open = true;
    }
    target.scrollIntoView();
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', later);
  form.addEventListener('reset', () => {
    search.value = '';
    form.querySelectorAll('input[type=checkbox]').forEach((box) => (box.checked = true));
    form.querySelectorAll('select').forEach((select) => (select.value = ''));
    apply();
  });
  addEventListener('hashchange', reveal);
  form.querySelector('details').open = matchMedia('(min-width:70rem)').matches;
  form.hidden = false;
  apply();
  reveal();
})();
`;
