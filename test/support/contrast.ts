// How well the texts of a page can be read, by what the browser has computed.
/// <reference lib="dom" />
import type { Page } from "playwright-core";

interface ShownText {
  readonly text: string;
  readonly contrast: number;
}

/** Every text that is on the screen, with its contrast to what is behind it: from 1 to 21. */
export async function shownTexts(page: Page): Promise<ShownText[]> {
  const texts = await page.locator("body *").evaluateAll((elements) =>
    elements
      .filter((element) => {
        const hasText = [...element.childNodes].some((node) => node.nodeValue?.trim());
        return hasText && element.checkVisibility({ contentVisibilityAuto: true });
      })
      .map((element) => {
        let behind = element;
        while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") {
          behind = behind.parentElement ?? document.body;
        }
        return {
          text: element.textContent,
          color: getComputedStyle(element).color,
          background: getComputedStyle(behind).backgroundColor,
        };
      }),
  );
  return texts.map(({ text, color, background }) => {
    const [dark = 0, light = 0] = [luminance(color), luminance(background)].sort((a, b) => a - b);
    return { text, contrast: (light + 0.05) / (dark + 0.05) };
  });
}

/** Source: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance(color: string): number {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (!channels) throw new Error(`${color} is not an opaque colour.`);
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((channel) => {
    const value = Number(channel) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
