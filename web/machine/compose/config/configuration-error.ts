/** A compose file, or what it asks for, is wrong. The message is compose's own. */
export class ConfigurationError extends Error {}

/** What compose adds when the version of a file may be the reason. */
export const VERSION_EXPLANATION =
  'You might be seeing this error because you\'re using the wrong Compose file version. Either specify a supported version (e.g "2.2" or "3.3") ' +
  'and place your service definitions under the `services` key, or omit the `version` key and place your service definitions at the root of the ' +
  'file to use version 1.\nFor more on the Compose file format versions, see https://docs.docker.com/compose/compose-file/';
