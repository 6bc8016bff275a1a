extension ParityPage {
    /// Colours have a contrast of at least 4.5 to 1 in both schemes.
    static let style = """

        :root { --ink: #1c2024; --paper: #ffffff; --soft: #f4f5f7; --line: #d5d9de; --dim: #5b6470;
          --drift: #b3261e; --expired: #8a5300; --accepted: #1b6e3a; --gone: #fdecea; --new: #e8f5ec; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e8eb; --paper: #14171a; --soft: #1d2126; --line: #3a4149; --dim: #9aa4b0;
            --drift: #ff8a80; --expired: #f0b45c; --accepted: #7bd69a; --gone: #3a1d1b; --new: #15301f; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 72rem; color: var(--ink); background: var(--paper);
          font: 16px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; display: inline; overflow-wrap: anywhere; }
        h3 { font-size: 1rem; font-weight: normal; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        code, pre { font: .875rem/1.45 ui-monospace, monospace; }
        pre { margin: .25rem 0 0; padding: .5rem; background: var(--soft); border-radius: 4px;
          white-space: pre-wrap; overflow-wrap: anywhere; }
        #summary { font-size: 1.1rem; margin: 0 0 1rem; }
        .drift { color: var(--drift); } .expired { color: var(--expired); } .accepted { color: var(--accepted); }
        #controls { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
          padding: .5rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
        #controls[hidden] { display: none; }
        #search { flex: 1 1 14rem; }
        input[type=search], button { padding: .4rem .6rem; font: inherit; color: inherit; background: var(--soft);
          border: 1px solid var(--line); border-radius: 4px; }
        .count, .place, small, dt, .kind { color: var(--dim); }
        .place { font: .8rem ui-monospace, monospace; overflow-wrap: anywhere; }
        .group { margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; }
        summary { padding: .6rem .75rem; cursor: pointer; }
        .badge { font-weight: 600; border: 1px solid currentColor; border-radius: 4px; padding: 0 .35rem;
          font-size: .8rem; white-space: nowrap; }
        .finding { padding: .75rem; border-top: 1px solid var(--line); }
        .finding[hidden], .group[hidden] { display: none; }
        .finding p { margin: 0; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: .5rem; }
        .side { min-width: 0; }
        .absent { color: var(--dim); }
        del, ins { display: inline-block; width: 100%; text-decoration: none; }
        del { background: var(--gone); } ins { background: var(--new); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .5rem 0 0; }
        dd { margin: 0; overflow-wrap: anywhere; }
        @media (max-width: 40rem) { #search { flex-basis: 100%; } #controls { position: static; } }
        .notes { color: var(--dim); padding-left: 1.2rem; overflow-wrap: anywhere; }

        """

    /// Shows what has every searched word and a checked verdict, and opens the groups it is in while searching.
    static let script = """

        const controls = document.getElementById("controls");
        if (controls) {
          controls.hidden = false;
          const search = document.getElementById("search");
          const shown = document.getElementById("shown");
          const fold = document.getElementById("fold");
          const groups = [...document.querySelectorAll(".group")];
          const findings = [...document.querySelectorAll(".finding")];
          const texts = new Map(findings.map(f => [f, (f.dataset.path + " " + f.textContent).toLowerCase()]));
          const update = () => {
            const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
            const verdicts = new Set([...controls.querySelectorAll("[data-verdict]")]
              .filter(box => box.checked).map(box => box.dataset.verdict));
            let count = 0;
            for (const finding of findings) {
              const text = texts.get(finding);
              finding.hidden = !verdicts.has(finding.dataset.verdict) || !words.every(word => text.includes(word));
              if (!finding.hidden) count += 1;
            }
            for (const group of groups) {
              group.hidden = !group.querySelector(".finding:not([hidden])");
              if (words.length && !group.hidden) group.open = true;
            }
            shown.textContent = count + " of " + findings.length + " shown";
          };
          controls.addEventListener("input", update);
          controls.addEventListener("submit", event => event.preventDefault());
          fold.addEventListener("click", () => {
            const close = groups.some(group => group.open);
            for (const group of groups) group.open = !close;
            fold.textContent = close ? "Open all" : "Fold all";
          });
          update();
        }

        """
}
