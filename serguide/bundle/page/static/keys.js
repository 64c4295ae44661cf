/** The keys that people expect of a player. */

const TYPING = "textarea, input[type=text]";
const OWN_ARROWS = "input[type=radio], input[type=range]:not(#seek)";
const OWN_SPACE = "button, a, input[type=radio], input[type=checkbox], summary";

/** actions: room, toggle, seek(seconds), volume(step), mute, speed(step). */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      actions.room();
      return;
    }
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.matches(TYPING)) return;
    if (event.key.startsWith("Arrow") && target.matches(OWN_ARROWS)) return;
    if (event.key === " " && target.matches(OWN_SPACE)) return;
    const up = event.shiftKey ? () => actions.speed(1) : () => actions.volume(1);
    const down = event.shiftKey ? () => actions.speed(-1) : () => actions.volume(-1);
    const action = {
      " ": actions.toggle,
      ArrowLeft: () => actions.seek(-15),
      ArrowRight: () => actions.seek(15),
      ArrowUp: up,
      ArrowDown: down,
      m: actions.mute,
      M: actions.mute,
    }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
