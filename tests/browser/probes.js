// What the walks ask a page, run in it by the tests: each function gives the list of what is wrong, in words.
globalThis.probe = (() => {
  const name = (e) => `${e.localName}${e.id && `#${e.id}`}${e.classList.length ? `.${[...e.classList].join(".")}` : ""}`
    + ` "${(e.textContent || e.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ").slice(0, 30)}"`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const rects = (e) => [...e.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
  const own = (e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const ofScreenReaders = (e) => e.closest(".visually-hidden, .md-skip") || rects(e).length === 0;
  const ring = (e) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(e);
    return outlineStyle === "none" || outlineWidth === "0px" ? "" : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
  };

  // Keyboard: judged when the next Tab is pressed, because by then the browser has scrolled to what has the focus.
  let stops = [];
  let visited = new Set();
  let wrong = [];
  let over = false;
  const shown = (e) => {
    if (e.matches(".tabbed-set > input")) return e.nextElementSibling; // the label of a content tab
    return e.matches("input.visually-hidden") ? e.closest("label") : e;
  };
  const inView = ({ left, top, right, bottom }) => {
    const [x1, y1, x2, y2] = [Math.max(left, 0), Math.max(top, 0), Math.min(right, innerWidth), Math.min(bottom, innerHeight)];
    return x2 - x1 > 1 && y2 - y1 > 1 ? [[(x1 + x2) / 2, (y1 + y2) / 2]] : [];
  };
  const judge = (e) => {
    const [middle] = rects(e).flatMap(inView);
    if (!middle) return [`not to be seen: ${name(e)}`];
    const hit = document.elementFromPoint(...middle);
    return hit && (e.contains(hit) || hit.contains(e)) ? [] : [`${name(e)} is covered by ${hit && name(hit)}`];
  };
  const watch = () => {
    [stops, visited, wrong, over] = [[], new Set(), [], false];
    document.documentElement.tabIndex = -1; // from the top, wherever the page has put the focus
    document.documentElement.focus();
    document.documentElement.blur();
    document.documentElement.removeAttribute("tabindex");
    document.addEventListener("keydown", ({ key }) => {
      const e = document.activeElement;
      if (key !== "Tab" || over) return;
      if (e === document.body) {
        over = stops.length > 0;
      } else if (visited.has(e)) {
        over = true;
        if (e !== stops[0].e) wrong.push(`a trap at ${name(e)}`);
      } else {
        visited.add(e);
        stops.push({ e, ring: ring(shown(e)) });
        wrong.push(...judge(shown(e)));
      }
    }, true);
  };
  const isOver = () => over;
  const walked = (most) => {
    document.activeElement.blur();
    const before = stops.findIndex(({ e }) => e.closest("main"));
    return [
      ...wrong,
      ...(stops[0]?.e.matches(".md-skip") ? [] : ["the skip link is not the first stop"]),
      ...(before > most ? [`${before} stops before the content`] : []),
      ...stops.filter((stop) => !stop.ring || stop.ring === ring(shown(stop.e))).map(({ e }) => `no ring: ${name(e)}`),
    ];
  };

  // Reflow
  const spaceOut = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const tooWide = () => document.documentElement.scrollWidth > innerWidth
    ? [`${document.documentElement.scrollWidth} px wide in ${innerWidth} px`] : [];
  const cut = () => all("body *").filter((e) => e instanceof HTMLElement && seen(e) && !ofScreenReaders(e)).filter((e) => {
    const { overflowX, overflowY } = getComputedStyle(e);
    const hides = (overflow, part, whole) => ["hidden", "clip"].includes(overflow) && part + 1 < whole;
    return hides(overflowX, e.clientWidth, e.scrollWidth) || hides(overflowY, e.clientHeight, e.scrollHeight);
  }).map((e) => `cut off: ${name(e)}`);
  const spilt = () => all("body *").filter((e) => own(e) && seen(e) && !ofScreenReaders(e)).filter((e) => {
    const box = e.closest("button, a, li, td, th, dd, dt, p, h1, h2, h3, label, summary") ?? e;
    const range = document.createRange();
    range.selectNodeContents(e);
    return getComputedStyle(e).position === "static" && range.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom + 4;
  }).map((e) => `text leaves its box: ${name(e)}`);

  // Motion
  const moving = () => [
    ...document.getAnimations().map((one) => `runs: ${one.effect.target && name(one.effect.target)}`),
    ...all("*").flatMap((e) => ["", "::before", "::after"].map((part) => {
      const style = getComputedStyle(e, part || null);
      const times = `${style.transitionDuration}, ${style.animationName === "none" ? "0s" : style.animationDuration}`;
      return times.split(", ").some((time) => parseFloat(time) > 0) || style.scrollBehavior === "smooth"
        ? `can move: ${name(e)}${part}` : "";
    })),
  ].filter(Boolean);

  // Colors
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => channels(color).slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const solid = (color) => color !== "transparent" && channels(color)[3] !== 0;
  const CONTROLS = "button, input:not([type=hidden]), select, textarea, .button";
  const edged = (e) => {
    const { borderTopStyle, borderBottomStyle, borderBottomWidth, outlineStyle, appearance } = getComputedStyle(e);
    return (borderBottomStyle !== "none" && borderBottomWidth !== "0px") || borderTopStyle !== "none"
      || outlineStyle !== "none" || (appearance !== "none" && e.matches("[type=checkbox], [type=radio], [type=range]"));
  };
  const forced = () => [
    ...all(CONTROLS).filter((e) => seen(e) && !ofScreenReaders(e) && !edged(e)).map((e) => `no edge: ${name(e)}`),
    ...all("svg").filter((e) => seen(e)).filter((e) => {
      const { color } = getComputedStyle(e.closest("a, button") ?? document.body);
      return ![...e.querySelectorAll("*")].some((shape) => [getComputedStyle(shape).stroke, getComputedStyle(shape).fill].includes(color));
    }).map((e) => `not in the system's colors: ${name(e)} of ${name(e.parentElement)}`),
    ...all("svg text").filter((e) => seen(e) && getComputedStyle(e).fill !== getComputedStyle(document.body).color)
      .map((e) => `not in the color of text: ${name(e)}`),
    ...all("body *").filter((e) => seen(e) && getComputedStyle(e).borderImageSource !== "none").map((e) => `a ground of its own: ${name(e)}`),
  ];

  // Paper
  const WAYS = "nav, button, .md-skip, dialog, .masthead__search, palette-switch";
  const onPaper = () => [
    ...all(WAYS).filter((e) => seen(e) && rects(e).length).map((e) => `no use on paper: ${name(e)}`),
    ...all("body *").filter((e) => own(e) && seen(e) && !ofScreenReaders(e) && 1.05 / (luminance(getComputedStyle(e).color) + 0.05) < 7)
      .map((e) => `pale on paper: ${name(e)}`),
    ...all("body, body *").filter((e) => own(e) && seen(e) && solid(getComputedStyle(e).backgroundColor)
      && luminance(getComputedStyle(e).backgroundColor) < 0.8).map((e) => `dark ground on paper: ${name(e)}`),
    ...all("details:not([open]) > :not(summary)").filter((e) => own(e) && seen(e.parentElement) && e.getBoundingClientRect().height === 0)
      .map((e) => `folded up on paper: ${name(e)}`),
  ];

  // Without scripts
  const opens = (e) => all("button[popovertarget]").some((b) => seen(b) && b.getAttribute("popovertarget") === e.id);
  const reachable = (e) => {
    const [sheet, folded] = [e.closest("[popover]"), e.closest("details:not([open])")];
    return seen(e) || Boolean(sheet && opens(sheet)) || Boolean(folded && seen(folded));
  };
  const links = (within) => all(`${within} a[href]`).filter(reachable).map(({ href }) => href.replace(/#.*/, ""));
  const lost = (within) => all(`${within} a[href]`).filter((e) => !reachable(e)).map((e) => `out of reach: ${name(e)}`);
  const dead = () => [
    ...all("button").filter((e) => seen(e) && !e.hasAttribute("popovertarget") && !(e.type === "submit" && e.form?.hasAttribute("action"))),
    ...all("input:not([type=hidden]), select, textarea").filter((e) => seen(e) && !e.form?.hasAttribute("action")),
  ].map((e) => `does nothing: ${name(e)}`);
  const waits = () => all("body *").filter((e) => seen(e)
    && (e.ariaBusy === "true" || /^(loading|please wait)\b/i.test(e.textContent.trim()))).map((e) => `waits: ${name(e)}`);

  return { watch, isOver, walked, spaceOut, tooWide, cut, spilt, moving, forced, onPaper, links, lost, dead, waits };
})();
