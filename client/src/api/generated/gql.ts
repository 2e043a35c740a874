/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Standing($clientId: UUID!) {\n  standing(clientId: $clientId)\n}\n\nmutation HandOver($input: HandOverInput!) {\n  handOver(input: $input) {\n    outcome\n  }\n}\n\nquery HandedOver {\n  handedOver {\n    uuid\n    personName\n    showroomId\n    why\n    kind\n    verb\n    version\n    content\n    tappedAt\n    handedAt\n  }\n}\n\nmutation EndHandedOver($input: EndHandedOverInput!) {\n  endHandedOver(input: $input) {\n    outcome\n    problems {\n      code\n      message\n    }\n  }\n}\n": typeof types.StandingDocument,
    "mutation SignIn($email: String!, $password: String!, $language: String!) {\n  signIn(email: $email, password: $password, language: $language) {\n    person {\n      uuid\n    }\n    problems {\n      code\n      field\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}\n\nquery Viewer {\n  viewer {\n    person {\n      uuid\n      name\n      email\n      language\n      theme\n    }\n    homeShowroomId\n    roles {\n      showroomId\n      role\n    }\n    showrooms {\n      uuid\n      name\n      timeZone\n      currency\n      languages\n      policies\n    }\n  }\n}\n": typeof types.SignInDocument,
    "fragment Result on EntryResult {\n  clientSeq\n  clientMutationId\n  outcome\n  problems {\n    code\n    field\n    message\n    details\n  }\n  aliases {\n    oldId\n    newId\n  }\n}\n\nmutation RegisterStore($input: RegisterStoreInput!) {\n  registerStore(input: $input) {\n    lastSeq\n    evicted\n    problems {\n      code\n      message\n    }\n  }\n}\n\nmutation Push($input: PushInput!) {\n  push(input: $input) {\n    processedThrough\n    results {\n      ...Result\n    }\n  }\n}\n\nquery Changes($clientId: UUID!, $since: String!, $first: Int!, $settled: Int!) {\n  changes(clientId: $clientId, since: $since, first: $first, settled: $settled) {\n    rows\n    removed\n    cursor\n    hasMore\n    processedThrough\n    verdicts {\n      ...Result\n    }\n    serverTime\n    oldestClient\n    reset\n  }\n}\n\nquery Snapshot($clientId: UUID!, $after: String, $first: Int!) {\n  snapshot(clientId: $clientId, after: $after, first: $first) {\n    rows\n    cursor\n    next\n    total\n    serverTime\n  }\n}\n\nsubscription News($clientId: UUID!) {\n  news(clientId: $clientId) {\n    at\n  }\n}\n": typeof types.ResultFragmentDoc,
};
const documents: Documents = {
    "query Standing($clientId: UUID!) {\n  standing(clientId: $clientId)\n}\n\nmutation HandOver($input: HandOverInput!) {\n  handOver(input: $input) {\n    outcome\n  }\n}\n\nquery HandedOver {\n  handedOver {\n    uuid\n    personName\n    showroomId\n    why\n    kind\n    verb\n    version\n    content\n    tappedAt\n    handedAt\n  }\n}\n\nmutation EndHandedOver($input: EndHandedOverInput!) {\n  endHandedOver(input: $input) {\n    outcome\n    problems {\n      code\n      message\n    }\n  }\n}\n": types.StandingDocument,
    "mutation SignIn($email: String!, $password: String!, $language: String!) {\n  signIn(email: $email, password: $password, language: $language) {\n    person {\n      uuid\n    }\n    problems {\n      code\n      field\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}\n\nquery Viewer {\n  viewer {\n    person {\n      uuid\n      name\n      email\n      language\n      theme\n    }\n    homeShowroomId\n    roles {\n      showroomId\n      role\n    }\n    showrooms {\n      uuid\n      name\n      timeZone\n      currency\n      languages\n      policies\n    }\n  }\n}\n": types.SignInDocument,
    "fragment Result on EntryResult {\n  clientSeq\n  clientMutationId\n  outcome\n  problems {\n    code\n    field\n    message\n    details\n  }\n  aliases {\n    oldId\n    newId\n  }\n}\n\nmutation RegisterStore($input: RegisterStoreInput!) {\n  registerStore(input: $input) {\n    lastSeq\n    evicted\n    problems {\n      code\n      message\n    }\n  }\n}\n\nmutation Push($input: PushInput!) {\n  push(input: $input) {\n    processedThrough\n    results {\n      ...Result\n    }\n  }\n}\n\nquery Changes($clientId: UUID!, $since: String!, $first: Int!, $settled: Int!) {\n  changes(clientId: $clientId, since: $since, first: $first, settled: $settled) {\n    rows\n    removed\n    cursor\n    hasMore\n    processedThrough\n    verdicts {\n      ...Result\n    }\n    serverTime\n    oldestClient\n    reset\n  }\n}\n\nquery Snapshot($clientId: UUID!, $after: String, $first: Int!) {\n  snapshot(clientId: $clientId, after: $after, first: $first) {\n    rows\n    cursor\n    next\n    total\n    serverTime\n  }\n}\n\nsubscription News($clientId: UUID!) {\n  news(clientId: $clientId) {\n    at\n  }\n}\n": types.ResultFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Standing($clientId: UUID!) {\n  standing(clientId: $clientId)\n}\n\nmutation HandOver($input: HandOverInput!) {\n  handOver(input: $input) {\n    outcome\n  }\n}\n\nquery HandedOver {\n  handedOver {\n    uuid\n    personName\n    showroomId\n    why\n    kind\n    verb\n    version\n    content\n    tappedAt\n    handedAt\n  }\n}\n\nmutation EndHandedOver($input: EndHandedOverInput!) {\n  endHandedOver(input: $input) {\n    outcome\n    problems {\n      code\n      message\n    }\n  }\n}\n"): typeof import('./graphql').StandingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignIn($email: String!, $password: String!, $language: String!) {\n  signIn(email: $email, password: $password, language: $language) {\n    person {\n      uuid\n    }\n    problems {\n      code\n      field\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut {\n    signedOut\n  }\n}\n\nquery Viewer {\n  viewer {\n    person {\n      uuid\n      name\n      email\n      language\n      theme\n    }\n    homeShowroomId\n    roles {\n      showroomId\n      role\n    }\n    showrooms {\n      uuid\n      name\n      timeZone\n      currency\n      languages\n      policies\n    }\n  }\n}\n"): typeof import('./graphql').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Result on EntryResult {\n  clientSeq\n  clientMutationId\n  outcome\n  problems {\n    code\n    field\n    message\n    details\n  }\n  aliases {\n    oldId\n    newId\n  }\n}\n\nmutation RegisterStore($input: RegisterStoreInput!) {\n  registerStore(input: $input) {\n    lastSeq\n    evicted\n    problems {\n      code\n      message\n    }\n  }\n}\n\nmutation Push($input: PushInput!) {\n  push(input: $input) {\n    processedThrough\n    results {\n      ...Result\n    }\n  }\n}\n\nquery Changes($clientId: UUID!, $since: String!, $first: Int!, $settled: Int!) {\n  changes(clientId: $clientId, since: $since, first: $first, settled: $settled) {\n    rows\n    removed\n    cursor\n    hasMore\n    processedThrough\n    verdicts {\n      ...Result\n    }\n    serverTime\n    oldestClient\n    reset\n  }\n}\n\nquery Snapshot($clientId: UUID!, $after: String, $first: Int!) {\n  snapshot(clientId: $clientId, after: $after, first: $first) {\n    rows\n    cursor\n    next\n    total\n    serverTime\n  }\n}\n\nsubscription News($clientId: UUID!) {\n  news(clientId: $clientId) {\n    at\n  }\n}\n"): typeof import('./graphql').ResultFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
