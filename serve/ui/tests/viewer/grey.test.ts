import { decode, encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { greyOf, mirrored, within } from "../../src/viewer/grey";

describe("decoded pictures", () => {
  it("keep all 16 bits of a PNG", () => {
    const data = Uint16Array.from([0, 1, 255, 256, 40_001, 65_535]);
    const png = encode({ width: 3, height: 2, data, channels: 1, depth: 16 });
    expect([...greyOf(decode(png)).pixels]).toEqual([...data]);
  });

  it("spread 8 bits over the full range and take the first of several channels", () => {
    const grey = greyOf({
      width: 2,
      height: 1,
      channels: 3,
      depth: 8,
      data: [255, 1, 2, 128, 3, 4],
    });
    expect([...grey.pixels]).toEqual([65_535, 128 * 257]);
  });

  it("refuse other depths", () => {
    expect(() => greyOf({ width: 8, height: 1, channels: 1, depth: 1, data: [7] })).toThrow(
      "expected 8 or 16 bits",
    );
  });

  it("are mirrored row by row", () => {
    const turned = mirrored({ width: 3, height: 2, pixels: Uint16Array.from([1, 2, 3, 4, 5, 6]) });
    expect([...turned.pixels]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it("are halved by means until no side is over the limit", () => {
    const wide = { width: 5, height: 2, pixels: Uint16Array.from([0, 4, 8, 8, 9, 4, 8, 8, 8, 9]) };
    const halved = within(wide, 3);
    expect([halved.width, halved.height]).toEqual([3, 1]);
    expect([...halved.pixels]).toEqual([4, 8, 9]);
    expect(within(wide, 5)).toBe(wide);
  });
});
