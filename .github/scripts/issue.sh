#!/usr/bin/env bash
# Opens an issue, or updates the open one with the same title: issue.sh FILE LABEL
# The first line of FILE is the title, the rest is the text. Needs gh with GH_TOKEN and GH_REPO.
set -euo pipefail
file=$1 label=$2
title=$(head -n 1 "$file")
body=$(mktemp)
tail -n +2 "$file" | head -c 60000 > "$body" # the code host accepts 65,536 characters
gh label create "$label" --force --description "Opened and updated by a workflow" > /dev/null
number=
while IFS=$'\t' read -r one name; do
  if [ "$name" = "$title" ]; then number=$one; fi
done < <(gh issue list --state open --label "$label" --limit 200 --json number,title --jq '.[] | "\(.number)\t\(.title)"')
if [ -n "$number" ]; then
  gh issue edit "$number" --body-file "$body"
else
  gh issue create --title "$title" --label "$label" --body-file "$body"
fi
