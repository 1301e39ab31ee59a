import { describe, expect, it } from "vitest";
import { compareSeals } from "../../src/case/seals";

const same = (seal: string) => ({ seal, differs: false });
const odd = (seal: string | null) => ({ seal, differs: true });

describe("seals", () => {
  it("read without being declared stand out", () => {
    const { lines } = compareSeals({ declared: [], entry: ["A"], exit: ["A"] }, "exit");
    expect(lines).toEqual([[odd(null), odd("A"), odd("A")]]);
  });

  it("that agree everywhere are one quiet line", () => {
    const { columns, lines } = compareSeals(
      { declared: ["PK1", "PK2"], entry: ["pk2", "PK1"], exit: ["PK1", "PK2 "] },
      "exit",
    );
    expect(columns).toEqual(["Declared", "Entry", "Exit"]);
    expect(lines.flat().some((cell) => cell.differs)).toBe(false);
  });

  it("that differ stand beside each other, and a missing one shows", () => {
    const { lines } = compareSeals(
      { declared: ["A", "B"], entry: ["A", "B"], exit: ["C"] },
      "exit",
    );
    expect(lines).toEqual([
      [same("A"), same("A"), odd("C")],
      [same("B"), same("B"), odd(null)],
    ]);
  });

  it("of an import are compared without an entry column", () => {
    const { columns, lines } = compareSeals({ declared: ["A"], entry: [], exit: ["A"] }, "import");
    expect(columns).toEqual(["Declared", "Read"]);
    expect(lines).toEqual([[same("A"), same("A")]]);
  });

  it("of an entry are those declared and those read there", () => {
    const { columns, lines } = compareSeals({ declared: ["A"], entry: [], exit: [] }, "entry");
    expect(columns).toEqual(["Declared", "Entry"]);
    expect(lines).toEqual([[same("A"), odd(null)]]);
  });
});
