import { IndexedArray } from './arrays';
import { type Variable, cloneVariable, newVariable, scalarOf, setScalar } from './variable';

/** A variable whose value the shell makes when it is read, such as `RANDOM`. */
export interface DynamicVariable {
  read(): string | readonly string[];
  /** What an assignment does; without it assignments are ignored. */
  assign?(value: string): void;
}

interface Scope {
  readonly variables: Map<string, Variable>;
  /** `temporary`: the assignments in front of a command. */
  readonly kind: 'global' | 'function' | 'temporary';
}

const MAX_NAMEREFS = 8;

/** The variables of one shell: the global ones and, above them, those of functions that run and of assignments in front of commands. */
export class Variables {
  private scopes: Scope[] = [{ variables: new Map(), kind: 'global' }];
  readonly dynamic = new Map<string, DynamicVariable>();

  /** The variable that a name means now, name references followed. */
  find(name: string): Variable | undefined {
    const dynamic = this.dynamic.get(name);
    if (dynamic !== undefined) return this.fromDynamic(dynamic);
    return this.lookUp(this.target(name));
  }

  /** The variable itself, a name reference not followed. */
  lookUp(name: string): Variable | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const variable = (this.scopes[i] as Scope).variables.get(name);
      if (variable !== undefined) return variable;
    }
    return undefined;
  }

  /** The name that a name reference leads to; without one the name itself. */
  target(name: string): string {
    let at = name;
    for (let i = 0; i < MAX_NAMEREFS; i++) {
      const variable = this.lookUp(at);
      if (variable === undefined || !variable.nameref || variable.value === undefined || variable.value === '') return at;
      at = variable.value;
    }
    return at;
  }

  get(name: string): string | undefined {
    const dynamic = this.dynamic.get(name);
    if (dynamic !== undefined) {
      const value = dynamic.read();
      return typeof value === 'string' ? value : value[0];
    }
    return scalarOf(this.find(name));
  }

  /** Sets a scalar without looking at attributes: the shell's own variables. */
  set(name: string, value: string): void {
    const variable = this.find(name) ?? this.create(name);
    setScalar(variable, value);
  }

  setExported(name: string, value: string): void {
    this.set(name, value);
    (this.find(name) as Variable).exported = true;
  }

  /** A new global variable, or the one in a temporary scope that exists. */
  create(name: string): Variable {
    const variable = newVariable();
    (this.scopes[0] as Scope).variables.set(this.target(name), variable);
    return variable;
  }

  global(name: string): Variable {
    const { variables } = this.scopes[0] as Scope;
    let variable = variables.get(name);
    if (variable === undefined) {
      variable = newVariable();
      variables.set(name, variable);
    }
    return variable;
  }

  /** The function's own variable of that name; made when it has none. Undefined outside functions. */
  local(name: string): Variable | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const scope = this.scopes[i] as Scope;
      if (scope.kind !== 'function') continue;
      let variable = scope.variables.get(name);
      if (variable === undefined) {
        const above = this.scopes.slice(i + 1).map((each) => each.variables.get(name)).find((each) => each !== undefined);
        variable = newVariable();
        variable.value = above?.value;
        variable.exported = above?.exported ?? this.temporaryExport(i, name);
        scope.variables.set(name, variable);
      }
      return variable;
    }
    return undefined;
  }

  private temporaryExport(scopeIndex: number, name: string): boolean {
    const below = this.scopes[scopeIndex - 1];
    return below?.kind === 'temporary' && below.variables.has(name);
  }

  get inFunction(): boolean {
    return this.scopes.some((scope) => scope.kind === 'function');
  }

  localNames(): string[] {
    const scope = this.scopes.findLast((each) => each.kind === 'function');
    return scope === undefined ? [] : [...scope.variables.keys()].sort();
  }

  unset(name: string): void {
    this.dynamic.delete(name);
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const scope = this.scopes[i] as Scope;
      if (!scope.variables.has(name)) continue;
      if (scope.kind === 'function') scope.variables.set(name, newVariable());
      else scope.variables.delete(name);
      return;
    }
  }

  pushScope(kind: 'function' | 'temporary'): void {
    this.scopes.push({ variables: new Map(), kind });
  }

  popScope(): void {
    this.scopes.pop();
  }

  /** An assignment in front of a command, in the scope that was pushed for it. */
  setTemporary(name: string, variable: Variable): void {
    (this.scopes.at(-1) as Scope).variables.set(name, variable);
  }

  /** All names that are set, sorted, with their variables. */
  entries(): [string, Variable][] {
    const all = new Map<string, Variable>();
    for (const scope of this.scopes) for (const [name, variable] of scope.variables) all.set(name, variable);
    for (const [name, dynamic] of this.dynamic) all.set(name, this.fromDynamic(dynamic));
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** What a program that is started gets. */
  environment(): Map<string, string> {
    const out = new Map<string, string>();
    for (const scope of this.scopes) {
      for (const [name, variable] of scope.variables) {
        const value = variable.array === undefined ? variable.value : undefined;
        if (variable.exported && value !== undefined) out.set(name, value);
        else if (out.has(name)) out.delete(name);
      }
    }
    return out;
  }

  /** A copy for a subshell. Dynamic variables are the new shell's own. */
  clone(): Variables {
    const copy = new Variables();
    copy.scopes = this.scopes.map((scope) => ({
      kind: scope.kind,
      variables: new Map([...scope.variables].map(([name, variable]) => [name, cloneVariable(variable)])),
    }));
    return copy;
  }

  private fromDynamic(dynamic: DynamicVariable): Variable {
    const value = dynamic.read();
    if (typeof value === 'string') return newVariable(value);
    return { ...newVariable(), array: IndexedArray.of(value) };
  }
}
