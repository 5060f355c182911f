/** Filters and sorts the cards; the page can be read without it. */
export const PAGE_SCRIPT = `(() => {
  const find = document.getElementById('find');
  const sort = document.getElementById('sort');
  const list = document.getElementById('pictures');
  const unfold = document.getElementById('unfold');
  const boxes = [...document.querySelectorAll('input[name=verdict]')];
  const cards = [...list.children].map((node, index) => ({
    node,
    index,
    verdict: node.dataset.verdict,
    score: node.dataset.score === '' ? null : Number(node.dataset.score),
    path: node.querySelector('h3').textContent,
    text: [...node.querySelectorAll('h3, code')].map(part => part.textContent).join(' ').toLowerCase(),
  }));
  const byScore = sign => (a, b) => (a.score === null) - (b.score === null) || sign * (a.score - b.score) || a.index - b.index;
  const orders = {
    input: (a, b) => a.index - b.index,
    high: byScore(-1),
    low: byScore(1),
    path: (a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }) || a.index - b.index,
  };
  const filter = () => {
    const words = find.value.toLowerCase();
    const wanted = new Set(boxes.filter(box => box.checked).map(box => box.value));
    let count = 0;
    for (const card of cards) {
      const hit = wanted.has(card.verdict) && card.text.includes(words);
      card.node.hidden = !hit;
      if (hit) count++;
    }
    document.getElementById('shown').textContent = count === cards.length ? 'All ' + count + ' shown' : count + ' of ' + cards.length + ' shown';
  };
  const evidence = [...document.querySelectorAll('details.evidence')];
  const nameUnfold = () => { unfold.textContent = evidence.every(part => part.open) ? 'Fold all evidence' : 'Unfold all evidence'; };
  unfold.addEventListener('click', () => {
    const open = !evidence.every(part => part.open);
    for (const part of evidence) part.open = open;
  });
  for (const part of evidence) part.addEventListener('toggle', nameUnfold);
  unfold.hidden = evidence.length === 0;
  sort.addEventListener('change', () => list.append(...[...cards].sort(orders[sort.value]).map(card => card.node)));
  find.addEventListener('input', filter);
  for (const box of boxes) box.addEventListener('change', filter);
  const form = document.getElementById('controls');
  form.addEventListener('submit', event => event.preventDefault());
  form.hidden = false;
  form.reset();
  nameUnfold();
  filter();
})();`;
