(function (root) {
  function old() {
    root.className = "old";
  }
  root.className = "scripted";
  if (!("noModule" in HTMLScriptElement.prototype)) old();
  addEventListener("error", function (event) {
    if (event instanceof ErrorEvent && !("ready" in root.dataset)) old();
  });
})(document.documentElement);
