import { describe, expect, it } from "vitest";
import { format, parse, type Route } from "../src/router";

describe("addresses", () => {
  it("lead back to the screen they were made for", () => {
    const routes: Route[] = [
      { screen: "queue", state: "closed" },
      { screen: "case", id: "0b9c2f3e-8a51-4d6f-9a7e-0123456789ab" },
      { screen: "search", text: "KAPS/AT 4711 100%" },
    ];
    for (const route of routes) expect(parse(format(route))).toEqual(route);
  });

  it("that lead nowhere lead to the queue", () => {
    for (const hash of ["", "#/", "#/case/../../x", "#/search/", "#/queue/what"]) {
      expect(parse(hash)).toEqual({ screen: "queue", state: "open" });
    }
  });
});
