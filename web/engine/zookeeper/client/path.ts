/**
 * Why a path is no path, in the words of the client; undefined when it is one.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/common/PathUtils.java
 */
export function pathProblem(path: string): string | undefined {
  if (path.length === 0) return 'Path length must be > 0';
  if (path[0] !== '/') return 'Path must start with / character';
  if (path.length === 1) return undefined;
  if (path.endsWith('/')) return 'Path must not end with / character';
  const reason = characterProblem(path);
  return reason === undefined ? undefined : `Invalid path string "${path}" caused by ${reason}`;
}

export function isValidPath(path: string): boolean {
  return pathProblem(path) === undefined;
}

function characterProblem(path: string): string | undefined {
  for (let i = 1; i < path.length; i++) {
    const character = path[i] as string;
    const code = path.charCodeAt(i);
    const endsName = i + 1 === path.length || path[i + 1] === '/';
    if (code === 0) return `null character not allowed @${i}`;
    if (character === '/' && path[i - 1] === '/') return `empty node name specified @${i}`;
    if (character === '.' && path[i - 1] === '.' && path[i - 2] === '/' && endsName) return `relative paths not allowed @${i}`;
    if (character === '.' && path[i - 1] === '/' && endsName) return `relative paths not allowed @${i}`;
    if (isForbidden(code)) return `invalid charater @${i}`;
  }
  return undefined;
}

function isForbidden(code: number): boolean {
  return code < 0x1f || (code > 0x7f && code < 0x9f) || (code > 0xd800 && code < 0xf8ff) || (code > 0xfff0 && code < 0xffff);
}
