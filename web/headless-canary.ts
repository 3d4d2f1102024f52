/**
 * Must not compile as a page does: headless code that could name `document` would pass the type check and fail in Node or a worker.
 * When the headless settings let the browser's types in, the line below expects an error that does not come.
 */
// @ts-expect-error there is no document here
export const canary: unknown = document;
