extension Page {
    /// Shows what has every searched word and a checked state, and opens the groups it is in while searching.
    static let script = """

        const controls = document.getElementById("controls");
        if (controls) {
          controls.hidden = false;
          const search = document.getElementById("search");
          const shown = document.getElementById("shown");
          const fold = document.getElementById("fold");
          const groups = [...document.querySelectorAll(".group")];
          const entries = [...document.querySelectorAll(".entry")];
          const texts = new Map(entries.map(e => [e, (e.dataset.name + " " + e.textContent).toLowerCase()]));
          const update = () => {
            const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
            const states = new Set([...controls.querySelectorAll("[data-state]")]
              .filter(box => box.checked).map(box => box.dataset.state));
            let count = 0;
            for (const entry of entries) {
              const text = texts.get(entry);
              entry.hidden = !states.has(entry.dataset.state) || !words.every(word => text.includes(word));
              if (!entry.hidden) count += 1;
            }
            for (const group of groups) {
              group.hidden = !group.querySelector(".entry:not([hidden])");
              if (words.length && !group.hidden) group.open = true;
            }
            shown.textContent = count + " of " + entries.length + " shown";
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
