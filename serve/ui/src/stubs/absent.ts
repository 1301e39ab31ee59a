/** Stands in for parts of Cornerstone3D that RIAC never calls (see vite.config.ts). */
function absent(): never {
  throw new Error("this part of Cornerstone3D is not bundled");
}

export default { newInstance: absent, extend: absent };
export const create = absent;
export const registerComputeWorker = absent;
