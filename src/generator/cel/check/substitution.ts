import { type CelType, dyn, mapParameters, param, parameters, sameType } from "../cel-type.ts";

/**
 * What is known of the types that parameters stand for, and whether a value of
 * one type may stand where another one is asked for. The rules are those of
 * the reference checker, cel-go.
 */
export interface Substitution {
  /** A type parameter that is used nowhere else. */
  fresh(): CelType;
  /** The type with its parameters replaced by what is known of them. */
  apply(type: CelType): CelType;
  /** As `apply`; parameters of which nothing is known become `dyn`. */
  finish(type: CelType): CelType;
  /** Whether each type may stand for the other one beside it; then they are bound. */
  assignAll(types: readonly CelType[], targets: readonly CelType[]): boolean;
  /** The more general of two types if one may stand for the other, else `dyn`. */
  join(a: CelType | undefined, b: CelType): CelType;
}

type Bindings = ReadonlyMap<string, CelType>;

export function createSubstitution(): Substitution {
  let bindings: Bindings = new Map();
  let count = 0;
  const assignAll = (types: readonly CelType[], targets: readonly CelType[]): boolean => {
    if (types.length !== targets.length) {
      return false;
    }
    const next = new Map(bindings);
    const fits = assignableAll(next, types, targets);
    // What was bound on the way is dropped if it led nowhere.
    bindings = fits ? next : bindings;
    return fits;
  };
  return {
    fresh: () => param(`_${count++}`),
    apply: (type) => substitute(bindings, type, false),
    finish: (type) => substitute(bindings, type, true),
    assignAll,
    join(a, b) {
      if (a === undefined) {
        return b;
      }
      return assignAll([a], [b]) ? mostGeneral(a, b) : dyn;
    },
  };
}

function substitute(bindings: Bindings, type: CelType, toDyn: boolean): CelType {
  if (type.kind !== "param") {
    return mapParameters(type, (inner) => substitute(bindings, inner, toDyn));
  }
  const bound = bindings.get(type.name);
  if (bound !== undefined) {
    return substitute(bindings, bound, toDyn);
  }
  return toDyn ? dyn : type;
}

function assignableAll(
  bindings: Map<string, CelType>,
  types: readonly CelType[],
  targets: readonly CelType[],
): boolean {
  return types.every((type, i) => {
    const target = targets[i];
    return target !== undefined && assignable(bindings, type, target);
  });
}

function assignable(bindings: Map<string, CelType>, type: CelType, target: CelType): boolean {
  if (target.kind === "param") {
    const bound = bindings.has(target.name);
    if (bind(bindings, type, target)) {
      return true;
    }
    if (bound) {
      return false;
    }
  }
  if (type.kind === "param") {
    return bind(bindings, target, type);
  }
  if (type.kind === "dyn" || target.kind === "dyn") {
    return true;
  }
  if (type.kind === "null" || target.kind === "null") {
    return isNullable(type.kind === "null" ? target : type);
  }
  if (type.kind === "wrapper" || target.kind === "wrapper") {
    return sameType(unwrapped(type), unwrapped(target));
  }
  if (type.kind === "type" && target.kind === "type") {
    return true;
  }
  return type.kind === "message" || target.kind === "message"
    ? sameType(type, target)
    : type.kind === target.kind && assignableAll(bindings, parameters(type), parameters(target));
}

/** Binds a parameter to a type, or finds that what it is bound to fits. */
function bind(
  bindings: Map<string, CelType>,
  type: CelType,
  target: CelType & { kind: "param" },
): boolean {
  if (sameType(type, target)) {
    return true;
  }
  const bound = bindings.get(target.name);
  if (bound === undefined) {
    if (occurs(bindings, target.name, type)) {
      return false;
    }
    bindings.set(target.name, type);
    return true;
  }
  if (sameType(type, bound)) {
    return true;
  }
  if (!assignable(bindings, type, bound)) {
    return false;
  }
  const general = mostGeneral(type, bound);
  if (!occurs(bindings, target.name, general)) {
    bindings.set(target.name, general);
  }
  return true;
}

function occurs(bindings: Bindings, name: string, type: CelType): boolean {
  if (type.kind !== "param") {
    return parameters(type).some((inner) => occurs(bindings, name, inner));
  }
  const bound = bindings.get(type.name);
  return type.name === name || (bound !== undefined && occurs(bindings, name, bound));
}

function isNullable(type: CelType): boolean {
  switch (type.kind) {
    case "null":
    case "wrapper":
    case "message":
    case "timestamp":
    case "duration":
    case "optional":
      return true;
    default:
      return false;
  }
}

export function unwrapped(type: CelType): CelType {
  return type.kind === "wrapper" ? type.of : type;
}

function mostGeneral(a: CelType, b: CelType): CelType {
  return isAsGeneral(a, b) ? a : b;
}

function isAsGeneral(a: CelType, b: CelType): boolean {
  if (a.kind === "dyn" || a.kind === "param") {
    return true;
  }
  if (b.kind === "dyn" || b.kind === "param") {
    return false;
  }
  // What may be null is more general than what may not, and than null.
  if (b.kind === "null" || (a.kind === "wrapper" && sameType(a.of, b))) {
    return isNullable(a);
  }
  if (a.kind !== b.kind) {
    return false;
  }
  switch (a.kind) {
    case "list":
    case "map":
    case "optional": {
      const others = parameters(b);
      return parameters(a).every((type, i) => {
        const other = others[i];
        return other !== undefined && isAsGeneral(type, other);
      });
    }
    case "type":
      return true;
    default:
      return sameType(a, b);
  }
}
