/// What a page looks like and how it answers to keys: both stand in the page itself.
enum HTMLAssets {
  static let style = """
    :root { color-scheme: light dark; --paper: #fbfaf8; --ink: #1d2126; --soft: #5d6673; --line: #dfe3e8; --card: #fff;
      --error: #b3261e; --warning: #8a5a00; --note: #1f6f8b; --mark: #ffd9d4; --also: #dcecff; --code: #f1f3f5;
      --added: #e3f6e5; --removed: #fdeae8; }
    @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --paper: #14171b; --ink: #e7eaee;
      --soft: #9aa5b1; --line: #2c333b; --card: #1b1f25; --error: #ff8a80; --warning: #f2c14e; --note: #7fd3ee;
      --mark: #6b2320; --also: #1d3f63; --code: #242a31; --added: #173a22; --removed: #43201f; } }
    :root[data-theme=dark] { color-scheme: dark; --paper: #14171b; --ink: #e7eaee; --soft: #9aa5b1; --line: #2c333b;
      --card: #1b1f25; --error: #ff8a80; --warning: #f2c14e; --note: #7fd3ee; --mark: #6b2320; --also: #1d3f63;
      --code: #242a31; --added: #173a22; --removed: #43201f; }
    :root[data-theme=light] { color-scheme: light; }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    header, .filters, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
    header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .5rem 1.25rem; padding-top: 1.5rem; }
    a { color: var(--note); }
    h1 { font-size: 1.4rem; margin: 0; letter-spacing: .02em; }
    header p { margin: 0; color: var(--soft); flex: 1; }
    h2 { font: 600 .95rem/1.4 ui-monospace, Menlo, Consolas, monospace; margin: 1.75rem 0 .5rem; overflow-wrap: anywhere; }
    .tiles { display: flex; gap: 1rem; list-style: none; margin: 0; padding: 0; }
    .tiles b { font-size: 1.4rem; font-variant-numeric: tabular-nums; }
    .tiles .error { color: var(--error); } .tiles .warning { color: var(--warning); } .tiles .note { color: var(--note); }
    .tiles .quiet, .tiles .zero { color: var(--soft); }
    .filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .9rem;
      padding-top: .7rem; padding-bottom: .7rem; background: var(--paper); border-bottom: 1px solid var(--line); }
    .filters input[type=search] { flex: 1 1 12rem; }
    input[type=search], select, button { font: inherit; color: inherit; background: var(--card); padding: .25rem .55rem;
      border: 1px solid var(--line); border-radius: .35rem; }
    button { cursor: pointer; }
    :focus-visible { outline: 2px solid var(--note); outline-offset: 2px; }
    output { color: var(--soft); font-variant-numeric: tabular-nums; }
    .matrix { border-collapse: collapse; margin: 1.25rem 0 0; font-size: .9rem; }
    .matrix th { font-weight: 500; text-align: left; padding: .2rem .8rem .2rem 0; }
    .matrix td, .matrix thead th { text-align: center; padding: .2rem .8rem; color: var(--soft); }
    .matrix td button { min-width: 2.2rem; padding: .05rem .4rem; color: var(--ink); }
    article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft);
      border-radius: .4rem; margin: .6rem 0; scroll-margin-top: 5rem; }
    article.error { border-left-color: var(--error); } article.warning { border-left-color: var(--warning); }
    article.note { border-left-color: var(--note); } article.quiet { opacity: .75; border-left-color: var(--line); }
    article > details > summary { padding: .6rem .9rem; cursor: pointer; list-style: none; }
    article > details > summary::-webkit-details-marker { display: none; }
    .level { font-weight: 650; } .error .level { color: var(--error); } .warning .level { color: var(--warning); }
    .note .level { color: var(--note); }
    .message { font-weight: 550; overflow-wrap: anywhere; }
    .facts { display: block; color: var(--soft); font-size: .85rem; } .facts a { color: inherit; }
    .facts .rule { margin-left: .6rem; font-family: ui-monospace, Menlo, Consolas, monospace; }
    .only { margin-left: .6rem; }
    .chip { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .55rem; color: var(--ink); }
    figure { margin: 0 .9rem .7rem; } figcaption { color: var(--soft); font-size: .82rem; overflow-wrap: anywhere; }
    pre { margin: .15rem 0; overflow-x: auto; font: 13px/1.55 ui-monospace, Menlo, Consolas, monospace; }
    .source { background: var(--code); border-radius: .35rem; padding: .45rem 0; }
    .line { display: block; padding-right: 1rem; white-space: pre; }
    .line > b, .gap { display: inline-block; width: 3.4rem; padding-right: .9rem; text-align: right; font-weight: 400;
      color: var(--soft); user-select: none; }
    mark { color: inherit; border-radius: .15rem; background: var(--also); }
    mark.primary { background: var(--mark); box-shadow: 0 2px 0 var(--error); }
    .gap { display: block; }
    .line > i { margin-left: 1.2rem; font-style: normal; font-family: system-ui, sans-serif; color: var(--soft); }
    .line > i::before { content: "← "; } .line > i.primary { color: var(--error); }
    code { background: var(--code); border-radius: .25rem; padding: .05rem .25rem;
      font: .92em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .2rem .9rem .7rem; }
    dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
    .edit { margin: .2rem .9rem; } .diff { margin: .2rem .9rem .7rem; background: var(--code); border-radius: .35rem; }
    .diff span { display: block; padding: 0 .6rem; } .added { background: var(--added); } .removed { background: var(--removed); }
    .provenance { margin: 0 .9rem .8rem; } .provenance > summary { cursor: pointer; color: var(--soft); }
    .provenance ul { margin: .2rem 0; padding-left: 1.3rem; border-left: 1px solid var(--line); list-style: none; }
    .provenance > ul { border: 0; padding-left: .3rem; }
    .nothing { margin: 3rem 0; text-align: center; font-size: 1.15rem; color: var(--soft); }
    .undecided { color: var(--soft); font-size: .9rem; }
    footer { color: var(--soft); font-size: .85rem; padding-top: 1.5rem; padding-bottom: 2rem; }
    kbd { border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3rem; background: var(--card); font: inherit; }
    [hidden] { display: none !important; }
    @media print { .filters, footer, #theme { display: none; } article { break-inside: avoid; } }
    """

  static let script = """
    "use strict";
    const form = document.querySelector(".filters"), field = name => form.elements[name];
    const articles = [...document.querySelectorAll("article")], sections = [...document.querySelectorAll("section")];
    const texts = articles.map(article => article.textContent.toLowerCase());
    const root = document.documentElement;
    let current = -1;
    const store = (key, value) => { try { localStorage.setItem(key, value); } catch { } };
    try { const theme = localStorage.getItem("slipway-theme"); if (theme) root.dataset.theme = theme; } catch { }
    function apply() {
      const words = field("text").value.toLowerCase().split(/\\s+/).filter(Boolean);
      const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map(box => box.value));
      const environment = field("environment")?.value ?? "", rule = field("rule").value;
      const quiet = field("quiet")?.checked ?? false;
      let shown = 0;
      articles.forEach((article, index) => {
        const own = article.dataset.environments.split("\\n");
        const fits = levels.has(article.dataset.level) && (quiet || !article.classList.contains("quiet"))
          && (!rule || article.dataset.rule === rule) && (!environment || own[0] === "" || own.includes(environment))
          && words.every(word => texts[index].includes(word));
        article.hidden = !fits;
        if (fits) shown += 1;
      });
      for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
      document.getElementById("none").hidden = shown > 0 || articles.length === 0;
      form.elements.shown.value = articles.length ? `${shown} of ${articles.length}` : "";
    }
    function reset() { form.reset(); apply(); }
    function step(by) {
      const visible = articles.filter(article => !article.hidden);
      if (!visible.length) return;
      const place = visible.indexOf(articles[current]);
      const next = visible[Math.min(visible.length - 1, Math.max(0, place < 0 ? (by > 0 ? 0 : visible.length - 1) : place + by))];
      current = articles.indexOf(next);
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
    function flip() {
      const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
      store("slipway-theme", root.dataset.theme);
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
    document.getElementById("theme").addEventListener("click", flip);
    document.addEventListener("click", event => {
      const button = event.target.closest("[data-reset], .matrix button");
      if (!button) return;
      if (button.matches("[data-reset]")) return reset();
      field("rule").value = button.dataset.rule;
      field("environment").value = button.dataset.environment;
      apply();
    });
    document.addEventListener("focusin", event => {
      const article = event.target.closest?.("article");
      if (article) current = articles.indexOf(article);
    });
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.matches("input[type=search], select")) {
        if (event.key === "Escape") event.target.blur();
        return;
      }
      const environment = field("environment");
      const keys = {
        j: () => step(1), k: () => step(-1), t: flip, r: reset,
        "/": () => field("text").focus(),
        e: () => {
          if (!environment) return;
          environment.selectedIndex = (environment.selectedIndex + 1) % environment.options.length;
          apply();
        },
        Enter: () => {
          if (event.target.matches("article")) {
            const details = event.target.querySelector("details");
            details.open = !details.open;
          } else { return true; }
        },
      };
      if (keys[event.key] && keys[event.key]() !== true) event.preventDefault();
    });
    apply();
    """
}
