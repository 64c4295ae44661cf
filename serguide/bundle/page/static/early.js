(function (root) {
  if (!("noModule" in HTMLScriptElement.prototype)) return;
  root.classList.add("js");
  addEventListener("error", function (event) {
    if (event instanceof ErrorEvent && !("ready" in root.dataset)) root.classList.remove("js");
  });
})(document.documentElement);
