/** An exception as Java prints it. */
export interface Throwable {
  /** Class, colon, message: what `toString` gives. */
  readonly text: string;
  /** `kafka.tools.ConsoleProducer$.main(ConsoleProducer.scala:49)`, innermost first. */
  readonly frames: readonly string[];
  readonly cause?: Throwable;
}

/** `printStackTrace`, without a newline at the end: frames that a cause shares with what it caused are only counted. */
export function stackTrace(throwable: Throwable, enclosing: readonly string[] = []): string {
  let common = 0;
  while (
    common < enclosing.length &&
    common < throwable.frames.length &&
    enclosing[enclosing.length - 1 - common] === throwable.frames[throwable.frames.length - 1 - common]
  ) {
    common += 1;
  }
  const own = throwable.frames.slice(0, throwable.frames.length - common);
  const lines = [throwable.text, ...own.map((frame) => `\tat ${frame}`)];
  if (common > 0) lines.push(`\t... ${common} more`);
  if (throwable.cause !== undefined) lines.push(`Caused by: ${stackTrace(throwable.cause, throwable.frames)}`);
  return lines.join('\n');
}

/** `Class.forName` of a class that is not there, in Java 8. */
export const CLASS_NOT_FOUND_FRAMES: readonly string[] = [
  'java.net.URLClassLoader.findClass(URLClassLoader.java:381)',
  'java.lang.ClassLoader.loadClass(ClassLoader.java:424)',
  'sun.misc.Launcher$AppClassLoader.loadClass(Launcher.java:335)',
  'java.lang.ClassLoader.loadClass(ClassLoader.java:357)',
  'java.lang.Class.forName0(Native Method)',
  'java.lang.Class.forName(Class.java:264)',
];
