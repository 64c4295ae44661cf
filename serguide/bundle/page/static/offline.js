/** Keep a hosted bundle on the device (a page from a disk is there already). */

export function keepOffline() {
  // A page in a sandbox has no origin, and asking it for a worker is an error.
  if (!location.protocol.startsWith("http") || globalThis.origin === "null") return;
  if (!("serviceWorker" in navigator)) return;
  if (!document.querySelector("link[rel=manifest]")) return;
  navigator.serviceWorker.register("sw.js", { updateViaCache: "none" }).catch(() => {
    // Private windows and plain http refuse; the page plays all the same.
  });
}
