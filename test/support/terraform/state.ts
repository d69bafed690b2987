interface Resource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}
interface Module {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly Module[];
}

/** What `terraform show -json` says of what was applied. */
export interface State {
  readonly values: {
    readonly root_module: Module;
    readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

/** The attributes of every resource of a type, in whatever module. */
export const resourcesOf = ({ values: { root_module } }: State, type: string): Resource['values'][] =>
  resourcesIn(root_module).flatMap((resource) => (resource.type === type ? [resource.values] : []));

const resourcesIn = ({ resources = [], child_modules = [] }: Module): Resource[] => [
  ...resources,
  ...child_modules.flatMap(resourcesIn),
];
