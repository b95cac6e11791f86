// How ./accord lint reads what is written for Node. It runs on Node 18, and functions that a page is asked to run see the
// names of a browser instead.
import js from '@eslint/js';

const known = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default [
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: 'module',
      globals: known(['AbortController', 'Buffer', 'Headers', 'URL', 'clearTimeout', 'console', 'performance', 'process',
        'setTimeout', 'structuredClone']),
    },
    linterOptions: {reportUnusedDisableDirectives: 'error'},
    rules: {eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error'},
  },
  {
    files: ['tests/pages/*.mjs'],
    languageOptions: {
      globals: known(['NodeFilter', 'document', 'getComputedStyle', 'innerHeight', 'innerWidth', 'requestAnimationFrame', 'window']),
    },
  },
];
