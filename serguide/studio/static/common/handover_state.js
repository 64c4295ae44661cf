/** States of what is handed over. */

/**
 * Tell whether one is still to be made.
 *
 * @param {{ state: string }} handover
 */
export function isUnderWay({ state }) {
  return state === "waiting" || state === "working";
}
