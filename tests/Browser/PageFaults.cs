using Microsoft.Playwright;

namespace Tempo.Helm.Tests.Browser;

/// <summary>Finds faults that make a page hard to read.</summary>
internal static class PageFaults
{
    private const string Script = """
        () => {
          const faults = [];
          const shown = (one) => one.checkVisibility() && one.getClientRects().length > 0;
          const name = (one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`;
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth > width) faults.push("the page is wider than the window");
          for (const one of document.querySelectorAll("main *")) {
            if (!shown(one) || one.closest("svg, pre, .scroll")) continue;
            if (one.getBoundingClientRect().right > width + 0.5) faults.push(`cut at the right: ${name(one)}`);
            if (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "hidden") faults.push(`cut: ${name(one)}`);
          }
          const apart = (a, b) => a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5;
          const pairs = (all, what) => all.forEach((a, i) => all.slice(0, i).forEach((b) => {
            if (!apart(a.getBoundingClientRect(), b.getBoundingClientRect())) faults.push(`${what} overlap: ${name(a)} / ${name(b)}`);
          }));
          for (const picture of document.querySelectorAll("svg")) {
            if (!shown(picture)) continue;
            const frame = picture.getBoundingClientRect();
            const nodes = [...picture.querySelectorAll("a.node")];
            pairs(nodes.map((node) => node.querySelector(".box")), "boxes");
            for (const node of nodes) {
              const box = node.querySelector(".box").getBoundingClientRect();
              const texts = [...node.querySelectorAll("text")];
              pairs(texts, "texts");
              for (const text of texts) {
                const at = text.getBoundingClientRect();
                const isOutside = at.left < box.left || at.right > box.right || at.top < box.top || at.bottom > box.bottom + 1;
                if (isOutside) faults.push(`text outside its box: ${name(text)}`);
                const size = parseFloat(getComputedStyle(text).fontSize) * frame.width / picture.viewBox.baseVal.width;
                if (size < 9) faults.push(`too small to read (${size} px): ${name(text)}`);
              }
            }
          }
          pairs([...document.querySelectorAll(".card, .tiles > div, .picture")].filter(shown), "cards");
          return faults;
        }
        """;

    /// <summary>What overlaps, is cut, is outside its box, or is too small to read.</summary>
    public static Task<string[]> OfAsync(IPage page) => page.EvaluateAsync<string[]>(Script);
}
