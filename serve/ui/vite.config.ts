import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const stub = fileURLToPath(new URL("./src/stubs/absent.ts", import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      // Cornerstone3D pulls these in for meshes and statistics we don't use; bundled, they end
      // in a blank page ("Class extends value undefined").
      { find: /^@kitware\/vtk\.js\/IO\/.*/, replacement: stub },
      { find: /^xmlbuilder2$/, replacement: stub },
      { find: /^.*\/registerComputeWorker(\.js)?$/, replacement: stub },
    ],
  },
  // Nothing inlined as data: addresses, which the Content-Security-Policy refuses.
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 },
  worker: { format: "es" },
  server: {
    proxy: { "/v1": process.env.RIAC_API ?? "http://127.0.0.1:8000" },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
