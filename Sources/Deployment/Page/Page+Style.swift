extension Page {
    /// Colours have a contrast of at least 4.5 to 1 in both schemes.
    static let style = """

        :root { --ink: #1c2024; --paper: #ffffff; --soft: #f4f5f7; --line: #d5d9de; --dim: #5b6470;
          --bad: #b3261e; --caution: #8a5300; --good: #1b6e3a; --gone: #fdecea; --new: #e8f5ec; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e8eb; --paper: #14171a; --soft: #1d2126; --line: #3a4149; --dim: #9aa4b0;
            --bad: #ff8a80; --caution: #f0b45c; --good: #7bd69a; --gone: #3a1d1b; --new: #15301f; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1rem; max-width: 72rem; color: var(--ink); background: var(--paper);
          font: 15px/1.45 system-ui, sans-serif; }
        h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.05rem; display: inline; overflow-wrap: anywhere; }
        h3 { font-size: 1rem; font-weight: normal; margin: 0 0 .25rem; overflow-wrap: anywhere; }
        h3 code { font-weight: 600; }
        code, pre { font: .875rem/1.45 ui-monospace, monospace; }
        pre { margin: .2rem 0 0; padding: .3rem .5rem; background: var(--soft); border-radius: 4px;
          white-space: pre-wrap; overflow-wrap: anywhere; }
        #summary { font-size: 1.1rem; margin: 0 0 1rem; }
        .bad { color: var(--bad); } .caution { color: var(--caution); } .good { color: var(--good); }
        .quiet { color: var(--dim); }
        #controls { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
          padding: .5rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
        #controls[hidden] { display: none; }
        #search { flex: 1 1 20rem; }
        input[type=search], button { padding: .4rem .6rem; font: inherit; color: inherit; background: var(--soft);
          border: 1px solid var(--line); border-radius: 4px; }
        .count, .place, small, dt, .kind { color: var(--dim); }
        .place { font: .8rem ui-monospace, monospace; overflow-wrap: anywhere; }
        .group { margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; }
        summary { padding: .6rem .75rem; cursor: pointer; }
        .badge { font-weight: 600; border: 1px solid currentColor; border-radius: 4px; padding: 0 .35rem;
          font-size: .8rem; white-space: nowrap; }
        .entry { padding: .5rem .75rem; border-top: 1px solid var(--line); }
        .entry[hidden], .group[hidden] { display: none; }
        .entry p { margin: 0; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: .5rem; }
        .side { min-width: 0; }
        .absent { color: var(--dim); }
        del, ins { display: inline-block; width: 100%; text-decoration: none; }
        del { background: var(--gone); } ins { background: var(--new); }
        .facts { margin: 0 0 1rem; }
        @media (min-width: 60rem) { .facts { grid-template-columns: max-content 1fr max-content 1fr; } }
        .way { margin: 0 0 .25rem; color: var(--dim); overflow-wrap: anywhere; }
        .way code { color: var(--ink); background: var(--soft); padding: .1rem .3rem; border-radius: 4px; }
        .appendix { margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; }
        .appendix > :not(summary) { margin: 0 .75rem .75rem; }
        .appendix ul { padding-left: 1.2rem; }
        .log { margin: .5rem 0 0; }
        .log > summary { padding: .2rem 0; color: var(--dim); }
        .log > pre { max-height: 24rem; overflow-y: auto; }
        .boxes { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
        table { border-collapse: collapse; display: block; overflow-x: auto; }
        th, td { padding: .2rem .75rem .2rem 0; text-align: left; }
        th { color: var(--dim); font-weight: normal; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .3rem 0 0; }
        dd { margin: 0; overflow-wrap: anywhere; }
        @media print { #controls { display: none; } .log > pre { max-height: none; } }
        @media (max-width: 40rem) { #search { flex-basis: 100%; } #controls { position: static; } }
        .notes { color: var(--dim); padding-left: 1.2rem; overflow-wrap: anywhere; }

        """
}
