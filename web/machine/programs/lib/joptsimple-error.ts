import type { Throwable } from './stack-trace';

interface JoptErrorParts {
  readonly javaClass: string;
  readonly message: string;
  /** Those inside joptsimple, innermost first. */
  readonly frames: readonly string[];
  /** What caused it, given all frames of the error itself. */
  readonly cause?: (frames: readonly string[]) => Throwable;
}

/** An exception of joptsimple, in its own words. */
export class JoptError extends Error {
  readonly javaClass: string;

  constructor(private readonly parts: JoptErrorParts) {
    super(parts.message);
    this.javaClass = parts.javaClass;
  }

  /** As Java prints it, with the frames of the tool that asked. */
  throwable(toolFrames: readonly string[]): Throwable {
    const { javaClass, message, cause } = this.parts;
    const frames = [...this.parts.frames, ...toolFrames];
    return { text: `${javaClass}: ${message}`, frames, cause: cause?.(frames) };
  }
}

const PARSE_FRAMES = [
  'joptsimple.OptionParserState$2.handleArgument(OptionParserState.java:56)',
  'joptsimple.OptionParser.parse(OptionParser.java:396)',
];
const SHORT_PARSE_FRAMES = [
  'joptsimple.OptionParserState$2.handleArgument(OptionParserState.java:59)',
  'joptsimple.OptionParser.parse(OptionParser.java:396)',
];
const VALUE_FRAMES = ['joptsimple.OptionSet.valuesOf(OptionSet.java:223)', 'joptsimple.OptionSet.valueOf(OptionSet.java:172)'];

export function unrecognizedOption(option: string, token: 'long' | 'short'): JoptError {
  const where =
    token === 'long'
      ? ['joptsimple.OptionParser.handleLongOptionToken(OptionParser.java:510)', ...PARSE_FRAMES]
      : [
          'joptsimple.OptionParser.validateOptionCharacters(OptionParser.java:633)',
          'joptsimple.OptionParser.handleShortOptionCluster(OptionParser.java:537)',
          'joptsimple.OptionParser.handleShortOptionToken(OptionParser.java:523)',
          ...SHORT_PARSE_FRAMES,
        ];
  return new JoptError({
    javaClass: 'joptsimple.UnrecognizedOptionException',
    message: `${option} is not a recognized option`,
    frames: ['joptsimple.OptionException.unrecognizedOption(OptionException.java:108)', ...where],
  });
}

export function missingArgument(option: string): JoptError {
  return new JoptError({
    javaClass: 'joptsimple.OptionMissingRequiredArgumentException',
    message: `Option ${option} requires an argument`,
    frames: [
      'joptsimple.RequiredArgumentOptionSpec.detectOptionArgument(RequiredArgumentOptionSpec.java:48)',
      'joptsimple.ArgumentAcceptingOptionSpec.handleOption(ArgumentAcceptingOptionSpec.java:257)',
      'joptsimple.OptionParser.handleLongOptionToken(OptionParser.java:513)',
      ...PARSE_FRAMES,
    ],
  });
}

export function missingRequiredOptions(options: readonly string[]): JoptError {
  return new JoptError({
    javaClass: 'joptsimple.MissingRequiredOptionsException',
    message: `Missing required option(s) [${options.join(', ')}]`,
    frames: [
      'joptsimple.OptionParser.ensureRequiredOptions(OptionParser.java:426)',
      'joptsimple.OptionParser.parse(OptionParser.java:400)',
    ],
  });
}

export function multipleArguments(option: string): JoptError {
  return new JoptError({
    javaClass: 'joptsimple.MultipleArgumentsForOptionException',
    message: `Found multiple arguments for option ${option}, but you asked for only one`,
    frames: ['joptsimple.OptionSet.valueOf(OptionSet.java:179)'],
  });
}

/** The type's own words (`For input string: "x"`) and where Java says them. */
export interface ConversionProblem {
  readonly message: string;
  readonly frames: readonly string[];
}

export function conversionFailed(argument: string, option: string, problem: ConversionProblem): JoptError {
  return new JoptError({
    javaClass: 'joptsimple.OptionArgumentConversionException',
    message: `Cannot parse argument '${argument}' of option ${option}`,
    frames: [
      'joptsimple.AbstractOptionSpec.convertWith(AbstractOptionSpec.java:92)',
      'joptsimple.ArgumentAcceptingOptionSpec.convert(ArgumentAcceptingOptionSpec.java:277)',
      ...VALUE_FRAMES,
    ],
    cause: (frames) => reflectionException(problem, frames.slice(1)),
  });
}

function reflectionException(problem: ConversionProblem, outside: readonly string[]): Throwable {
  const below = [
    'joptsimple.internal.MethodInvokingValueConverter.convert(MethodInvokingValueConverter.java:48)',
    'joptsimple.internal.Reflection.convertWith(Reflection.java:124)',
    'joptsimple.AbstractOptionSpec.convertWith(AbstractOptionSpec.java:90)',
    ...outside,
  ];
  const number = `java.lang.NumberFormatException: ${problem.message}`;
  return {
    text: `joptsimple.internal.ReflectionException: ${number}`,
    frames: [
      'joptsimple.internal.Reflection.reflectionException(Reflection.java:136)',
      'joptsimple.internal.Reflection.invoke(Reflection.java:118)',
      ...below,
    ],
    cause: {
      text: number,
      frames: [
        ...problem.frames,
        'sun.reflect.NativeMethodAccessorImpl.invoke0(Native Method)',
        'sun.reflect.NativeMethodAccessorImpl.invoke(NativeMethodAccessorImpl.java:62)',
        'sun.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)',
        'java.lang.reflect.Method.invoke(Method.java:498)',
        'joptsimple.internal.Reflection.invoke(Reflection.java:116)',
        ...below,
      ],
    },
  };
}
