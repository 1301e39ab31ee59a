import { describe, expect, it } from "vitest";
import { compareSeals } from "../../src/case/seals";

describe("seals", () => {
  it("that agree everywhere are one quiet line", () => {
    const { columns, lines } = compareSeals(
      { declared: ["PK1", "PK2"], entry: ["pk2", "PK1"], exit: ["PK1", "PK2 "] },
      "exit",
    );
    expect(columns).toEqual(["Declared", "Entry", "Exit"]);
    expect(lines.map((line) => line.differs)).toEqual([false, false]);
  });

  it("that differ stand beside each other, and a missing one shows", () => {
    const { lines } = compareSeals(
      { declared: ["A", "B"], entry: ["A", "B"], exit: ["C"] },
      "exit",
    );
    expect(lines).toEqual([
      { seals: ["A", "A", "C"], differs: true },
      { seals: ["B", "B", null], differs: true },
    ]);
  });

  it("of an import are compared without an entry column", () => {
    const { columns, lines } = compareSeals({ declared: ["A"], entry: [], exit: ["A"] }, "import");
    expect(columns).toEqual(["Declared", "Read"]);
    expect(lines[0]?.differs).toBe(false);
  });

  it("of an entry are those declared and those read there", () => {
    const { columns, lines } = compareSeals({ declared: ["A"], entry: [], exit: [] }, "entry");
    expect(columns).toEqual(["Declared", "Entry"]);
    expect(lines).toEqual([{ seals: ["A", null], differs: true }]);
  });
});
