/** How the page's script and its tests are linted; types are tsc's part, looks Prettier's. */

import js from "@eslint/js";
import globals from "globals";

const STATIC = "serguide/bundle/page/static";
const STUDIO = "serguide/studio/static/**/*.js";

export default [
  {
    files: [`${STATIC}/*.js`, STUDIO, "tests/page/js/*.js"],
    ...js.configs.recommended,
  },
  {
    files: [`${STATIC}/*.js`, STUDIO, "tests/page/js/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: {
      "consistent-return": "error",
      "default-case": "error",
      eqeqeq: "error",
      "no-else-return": "error",
      "no-implicit-globals": "error",
      "no-param-reassign": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-useless-concat": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      radix: "error",
    },
  },
  { files: [`${STATIC}/*.js`, STUDIO], languageOptions: { globals: globals.browser } },
  { files: ["tests/page/js/*.js"], languageOptions: { globals: globals.node } },
  {
    // A classic script; installable.py puts its version and its files in.
    files: [`${STATIC}/sw.js`],
    languageOptions: {
      sourceType: "script",
      globals: { ...globals.serviceworker, __CACHE__: "readonly", __FILES__: "readonly" },
    },
    rules: { "no-implicit-globals": "off" },
  },
  {
    // What runs beside the page, where sound is read and made.
    files: ["serguide/studio/static/**/*.worklet.js"],
    languageOptions: { globals: globals.audioWorklet },
  },
  // A classic script for browsers that may be too old for the rest, to see that they are.
  { files: [`${STATIC}/early.js`], languageOptions: { ecmaVersion: 5, sourceType: "script" } },
];
