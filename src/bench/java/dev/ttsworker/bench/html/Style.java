package dev.ttsworker.bench.html;

/// How the report looks. Colours follow the reader's setting, light or dark.
final class Style {
  static final String CSS =
      """
      :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --soft: #57606a;
        --line: #dfe3e8; --card: #f6f8fa; --alarm: #c8102e; --c0: #0b63c5; --c1: #d1570a;
        --c2: #0a8f6c; --c3: #b5459a; --c4: #94780a; --c5: #2aa0d8; --c6: #7a4fc0; --c7: #6b7280; }
      @media (prefers-color-scheme: dark) { :root { --paper: #12161b; --ink: #e6e9ee;
        --soft: #9aa4b0; --line: #2c343d; --card: #1a2027; --alarm: #ff5c6c; --c0: #58a6ff;
        --c1: #ff9a4d; --c2: #3ad1a3; --c3: #f08fd2; --c4: #e3c34a; --c5: #7fd4ff; --c6: #b794f6;
        --c7: #aab2bd; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1rem; max-width: 1160px; background: var(--paper);
        color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
      h1 { font-size: 1.6rem; margin: 0.5rem 0 1rem; line-height: 1.2; }
      h2 { font-size: 1.2rem; margin: 2rem 0 0.25rem; }
      p { margin: 0.25rem 0 1rem; color: var(--soft); max-width: 75ch; }
      dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; margin: 0; }
      dt { color: var(--soft); }
      dd { margin: 0; grid-column: 2; }
      .problem { color: var(--alarm); margin: 0.5rem 0; }
      .figures { display: grid; gap: 1rem;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); }
      figure { margin: 0; padding: 0.75rem; background: var(--card); border: 1px solid var(--line);
        border-radius: 8px; min-width: 0; max-width: 620px; }
      figure.wide { max-width: none; margin-bottom: 1rem; }
      .figures + .figures { margin-top: 1rem; }
      figcaption { font-weight: 600; margin-bottom: 0.4rem; }
      .drawing { overflow-x: auto; }
      .drawing svg { display: block; width: 100%; height: auto; }
      .wide .drawing svg { min-width: 680px; }
      svg text { font-size: 11px; fill: var(--ink); font-variant-numeric: tabular-nums; }
      svg text.axis { fill: var(--soft); }
      .grid { stroke: var(--line); stroke-width: 1; }
      .curve { fill: none; stroke: var(--s); stroke-width: 2; stroke-linejoin: round; }
      .thin { stroke-width: 1.2; }
      .thick { stroke-width: 6; stroke-linecap: round; opacity: 0.45; }
      .dashed { stroke-dasharray: 5 3; }
      .bar, .dot { fill: var(--s); }
      .zero { stroke: var(--ink); stroke-width: 1.5; }
      .underrun { fill: none; stroke: var(--alarm); stroke-width: 2; pointer-events: all; }
      .ideal { --s: var(--ink); }
      .legend { list-style: none; margin: 0.4rem 0 0; padding: 0; display: flex; flex-wrap: wrap;
        gap: 0.1rem 1rem; font-size: 0.85rem; }
      .swatch { width: 24px; height: 8px; vertical-align: middle; }
      .table { overflow-x: auto; margin: 1rem 0 1.5rem; }
      table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums;
        overflow-wrap: normal; }
      caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
      th, td { padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); text-align: right; }
      thead th { color: var(--soft); font-weight: 500; vertical-align: bottom; min-width: 4.5rem; }
      tbody th { font-weight: 500; max-width: 16rem; overflow-wrap: anywhere; min-width: 10rem; }
      th:first-child { text-align: left; }
      .s0 { --s: var(--c0); } .s1 { --s: var(--c1); } .s2 { --s: var(--c2); }
      .s3 { --s: var(--c3); } .s4 { --s: var(--c4); } .s5 { --s: var(--c5); }
      .s6 { --s: var(--c6); } .s7 { --s: var(--c7); }
      """;

  private Style() {}
}
