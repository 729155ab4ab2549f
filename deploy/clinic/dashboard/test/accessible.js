// Looks at a page as axe would, in the browser: names, structure, contrast, sizes. Returns what is wrong, in words.

/** Runs in the page. */
export function audit() {
  const wrong = [];
  const seen = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('.quiet, .skip');
  const where = (element) => `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''} class="${element.className.baseVal ?? element.className}"> "${(element.textContent ?? '').trim().slice(0, 40)}"`;

  if (!document.documentElement.lang) {
    wrong.push('the page has no language');
  }
  if (document.querySelectorAll('h1').length !== 1) {
    wrong.push(`${document.querySelectorAll('h1').length} h1`);
  }
  let level = 1;
  for (const heading of document.querySelectorAll('main h1, main h2, main h3, main h4')) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) {
      wrong.push(`a heading skips a level: ${where(heading)}`);
    }
    level = own;
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => wrong.push(`id ${id} twice`));
  for (const element of document.querySelectorAll('[aria-labelledby], [for]')) {
    for (const id of (element.getAttribute('aria-labelledby') ?? element.getAttribute('for')).split(' ')) {
      if (!document.getElementById(id)) {
        wrong.push(`nothing is called ${id}, of ${where(element)}`);
      }
    }
  }
  for (const element of document.querySelectorAll('button, a, input, select, [role="img"], [role="region"], [role="group"], section, nav, dialog')) {
    const named = element.getAttribute('aria-label') || element.getAttribute('aria-labelledby') || element.labels?.length > 0;
    const own = ['BUTTON', 'A'].includes(element.tagName) && element.textContent.trim() !== '';
    if (!named && !own && seen(element)) {
      wrong.push(`no name: ${where(element)}`);
    }
  }
  // A finger needs 44 px; the box of a check is pressed by its label.
  for (const element of document.querySelectorAll('button, select, input, a.button, nav a, th a, td a, summary, label.check')) {
    const { width, height } = element.getBoundingClientRect();
    if (seen(element) && element.type !== 'checkbox' && (width < 43.5 || height < 43.5)) {
      wrong.push(`too small to press, ${Math.round(width)} x ${Math.round(height)}: ${where(element)}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) {
    wrong.push(`wider than the screen: ${document.documentElement.scrollWidth} of ${innerWidth}`);
  }

  const rgba = (text) => text.match(/[\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((value, i) => value * a + under[i] * (1 - a));
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      layers.push(rgba(getComputedStyle(one).backgroundColor));
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const luminance = (colour) => colour.map((value) => value / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName) || !seen(element)) {
      continue;
    }
    const style = getComputedStyle(element);
    const under = ground(element);
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) {
      opacity *= Number(getComputedStyle(one).opacity);
    }
    const ink = over([...rgba(element instanceof SVGElement ? style.fill : style.color).slice(0, 3), opacity], under);
    const [light, dark] = [luminance(ink), luminance(under)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 7) {
      wrong.push(`contrast ${ratio.toFixed(1)}: ${where(element)}`);
    }
  }
  return [...new Set(wrong)];
}
