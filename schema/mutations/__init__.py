"""Every verb by feature. Importing one registers its verbs."""

from schema.mutations import customers, drives, follow_ups, leads, people, sales, visits

VERBS = (customers, drives, follow_ups, leads, people, sales, visits)
