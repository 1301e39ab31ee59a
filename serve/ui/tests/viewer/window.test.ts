import { describe, expect, it } from "vitest";
import { carriedOver, presetsOf, windowLabel } from "../../src/viewer/window";

/** Air (60000) around a container of 10 × 10 whose levels run from 1000 to 20800. */
function picture() {
  const pixels = new Uint16Array(20 * 20).fill(60_000);
  for (let y = 5; y < 15; y++) {
    for (let x = 5; x < 15; x++) pixels[y * 20 + x] = 1000 + 200 * ((y - 5) * 10 + x - 5);
  }
  return { width: 20, height: 20, pixels };
}

describe("grey windows", () => {
  it("come from the levels inside the container, not from the air around it", () => {
    const { cargo, dense, light } = presetsOf(picture(), [5, 5, 15, 15]);
    expect(cargo.low).toBeLessThan(2000);
    expect(cargo.high).toBeGreaterThan(20_000);
    expect(cargo.high).toBeLessThan(21_000);
    expect(dense.high).toBeLessThan(light.high);
    expect(light.low).toBeGreaterThan(dense.low);
  });

  it("are never narrower than noise, even in a black picture", () => {
    const black = { width: 4, height: 4, pixels: new Uint16Array(16) };
    for (const { low, high } of Object.values(presetsOf(black, null))) {
      expect(high - low).toBeGreaterThanOrEqual(256);
    }
  });

  it("stay within a container box that reaches beyond the picture", () => {
    const { cargo } = presetsOf(picture(), [-10, -10, 500, 500]);
    expect(cargo.high).toBe(60_000);
  });

  it("are carried over relative to each picture's own window", () => {
    const from = { low: 0, high: 10_000 };
    const to = { low: 5000, high: 45_000 };
    expect(carriedOver({ low: 2500, high: 5000 }, from, to)).toEqual({ low: 15_000, high: 25_000 });
    expect(carriedOver(from, from, to)).toEqual(to);
  });

  it("are labelled in percent of full transmission", () => {
    expect(windowLabel({ low: 0, high: 65_535 })).toBe("L 50 % · W 100 %");
  });
});
