import { describe, expect, it, vi } from "vitest";
import { commandFor } from "../../src/keyboard/shortcuts";

const stroke = (key: string, more: Partial<Parameters<typeof commandFor>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  ...more,
});

describe("keys", () => {
  const invert = vi.fn();
  const leave = vi.fn();
  const shortcuts = { i: invert, Escape: leave };

  it("are commands by themselves", () => {
    expect(commandFor(stroke("i"), shortcuts, false)).toBe(invert);
    expect(commandFor(stroke("x"), shortcuts, false)).toBeNull();
  });

  it("belong to the text while typing, save Escape", () => {
    expect(commandFor(stroke("i"), shortcuts, true)).toBeNull();
    expect(commandFor(stroke("Escape"), shortcuts, true)).toBe(leave);
  });

  it("leave the browser's own combinations alone", () => {
    for (const modifier of ["ctrlKey", "metaKey", "altKey", "defaultPrevented"]) {
      expect(commandFor(stroke("i", { [modifier]: true }), shortcuts, false)).toBeNull();
    }
  });
});
