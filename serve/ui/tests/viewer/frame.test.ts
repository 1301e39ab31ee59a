import { describe, expect, it } from "vitest";
import type { BoxPx } from "../../src/api/types";
import {
  extentOf,
  HEIGHT,
  pairedFrames,
  paneToPlane,
  planeToPane,
  shownRect,
  singleFrame,
  toPixels,
  toPlane,
  viewOf,
  zoomedAt,
} from "../../src/viewer/frame";

const entryBox: BoxPx = [200, 100, 1400, 500];
const exitBox: BoxPx = [50, 60, 850, 460];
const entry = { size: { width: 1600, height: 600 }, container: entryBox, mirrored: false };
const exit = { size: { width: 1000, height: 520 }, container: exitBox, mirrored: false };

function rounded(values: readonly number[] | null): number[] | undefined {
  return values?.map((value) => Math.round(value * 1e6) / 1e6);
}

describe("frames of a pair", () => {
  it("put both containers on the same rectangle of the plane", () => {
    const [entryFrame, exitFrame] = pairedFrames(entry, exit);
    const place = rounded(toPlane(exitBox, exitFrame));
    expect(place).toEqual([0, 0, 2 * HEIGHT, HEIGHT]);
    expect(rounded(toPlane(entryBox, entryFrame))).toEqual(place);
  });

  it("leave the pixels of the leading picture square", () => {
    const [entryFrame, exitFrame] = pairedFrames(entry, exit);
    expect(exitFrame.scale[0]).toBeCloseTo(exitFrame.scale[1]);
    expect(entryFrame.scale[0]).not.toBeCloseTo(entryFrame.scale[1]);
  });

  it("bring the same part of a container driven the other way to the same place", () => {
    const [turned, exitFrame] = pairedFrames({ ...entry, mirrored: true }, exit);
    // The last tenth of the entry's container is the first tenth of the exit's.
    const atEntry = toPlane([1280, 100, 1400, 500], turned);
    const atExit = toPlane([50, 60, 130, 460], exitFrame);
    expect(rounded(atEntry)).toEqual(rounded(atExit));
  });

  it("link by the whole pictures when a container is missing or its box cannot be", () => {
    for (const container of [null, [200, 100, 300, 500] as BoxPx]) {
      const [entryFrame, exitFrame] = pairedFrames({ ...entry, container }, exit);
      expect(rounded(extentOf(entryFrame))).toEqual(rounded(extentOf(exitFrame)));
    }
  });
});

describe("pixels and plane", () => {
  it("are each other's inverse, turned round or not", () => {
    for (const mirrored of [false, true]) {
      const frame = singleFrame({ ...entry, mirrored });
      const box: BoxPx = [300, 150, 420, 260];
      expect(rounded(toPixels(toPlane(box, frame), frame))).toEqual(box);
    }
  });

  it("cut a mark at the edges of the picture and refuse one outside", () => {
    const frame = singleFrame(exit);
    const over = toPlane([900, 400, 1300, 700], frame);
    expect(rounded(toPixels(over, frame))).toEqual([900, 400, 1000, 520]);
    expect(toPixels(toPlane([1100, 0, 1200, 100], frame), frame)).toBeNull();
  });
});

describe("views", () => {
  const pane = { width: 800, height: 400 };

  it("show a rectangle whole, whatever its shape", () => {
    for (const rect of [
      [0, 0, 5000, 100],
      [0, 0, 100, 900],
    ] as const) {
      const shown = shownRect(viewOf(rect, 2), 2);
      expect(shown[0]).toBeLessThan(rect[0]);
      expect(shown[1]).toBeLessThan(rect[1]);
      expect(shown[2]).toBeGreaterThan(rect[2]);
      expect(shown[3]).toBeGreaterThan(rect[3]);
    }
  });

  it("keep the point under the pointer while zooming", () => {
    const view = { centre: [500, 300], height: 1000 } as const;
    const pointer = [650, 90] as const;
    const before = paneToPlane(pointer, view, pane);
    const zoomed = zoomedAt(view, before, 2);
    expect(zoomed.height).toBe(500);
    expect(rounded(planeToPane(before, zoomed, pane))).toEqual([650, 90]);
  });
});
