"""What a program would ask of the API: the same fields that the limit answers with."""

LEAD_LIST = """
query LeadList($owner: UUID!) {
  leads(filter: {owner: $owner, status: [OPEN]}, orderBy: NEWEST, first: 50) {
    nodes {
      uuid level stage status openedAt nextStepAt wanted { make model trim }
      customer { uuid name language }
      followUps(first: 3) { uuid kind reason dueAt status }
    }
    pageInfo { hasNextPage }
  }
}
"""
LEAD_DETAIL = """
query LeadDetail($lead: UUID!) {
  lead(uuid: $lead) {
    uuid level stage status openedAt nextStepAt wanted { make model trim }
    customer { uuid name leads(first: 20) { uuid status openedAt } }
    followUps(first: 20) { uuid kind reason dueAt status note }
    testDrives(first: 20) { uuid startsAt status vehicle { uuid make model plate } }
  }
}
"""
SEARCH = """
query Search($text: String!) {
  search(text: $text, first: 20) { matched node { ... on Customer { uuid name } ... on Vehicle { uuid } } }
}
"""
EMPTY_PULL = """
query EmptyPull($store: UUID!, $since: String!) {
  changes(clientId: $store, since: $since) {
    rows removed cursor hasMore processedThrough verdicts { clientSeq } serverTime
  }
}
"""
COUNTS = """
firstFiled firstAlreadyFiled lookedNotFiled returned notBuyers notCompleted drives verifiedDrives orders
ordersAfterADrive approvedLosses
"""
FUNNEL = f"""
query Funnel($showroom: UUID!, $from: Date!, $to: Date!) {{
  funnel(showroomId: $showroom, from: $from, to: $to) {{
    counts {{ {COUNTS} }}
    ranking {{ personId counts {{ {COUNTS} }} }}
  }}
}}
"""
BOOTSTRAP_PAGE = """
query BootstrapPage($store: UUID!, $after: String!, $first: Int!) {
  snapshot(clientId: $store, after: $after, first: $first) { rows cursor next total }
}
"""
CAPTURE = """
mutation Capture($input: CaptureWalkInInput!) {
  captureWalkIn(input: $input) { outcome problems { code field message } visit { uuid } }
}
"""
BOOKING = """
mutation Booking($input: BookTestDriveInput!) {
  bookTestDrive(input: $input) { outcome problems { code field message } testDrive { uuid } }
}
"""
START = "query Start($store: UUID!) { snapshot(clientId: $store, first: 1) { cursor } }"
SIGN_IN = """
mutation SignIn($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { token problems { message } }
}
"""
