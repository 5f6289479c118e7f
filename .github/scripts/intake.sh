#!/usr/bin/env bash
# Turns issue NUMBER with the text BODY into a pull request, or replies with what to change.
# The text arrives only through the environment, and commands get it as a file. Needs gh with GH_TOKEN.
set -euo pipefail
eportal=${EPORTAL:-.venv/bin/eportal}
folder=$(mktemp -d)
branch="intake/issue-$NUMBER"
printf '%s' "$BODY" > "$folder/issue.md"

if ! "$eportal" intake "$folder/issue.md" --apply > "$folder/answer.md"; then
  gh issue comment "$NUMBER" --body-file "$folder/answer.md"
  gh issue edit "$NUMBER" --remove-label accepted
  exit 0
fi

# A pull request opened with this token starts no other workflow, so the check runs here and its result is posted.
if "$eportal" check > "$folder/check.txt" 2>&1; then verdict="The check is clean."; else verdict="The check reports problems."; fi
{
  cat "$folder/answer.md"
  printf '\n## Check\n\n%s\n\n' "$verdict"
  tail -n 60 "$folder/check.txt" | sed 's/^/    /' # four spaces: a block of code
  printf '\nThe record is a draft. To publish it, change its status to active in this pull request, then merge. Closes #%s.\n' "$NUMBER"
} > "$folder/pull-request.md"

git switch --quiet --force-create "$branch"
git add data
git -c user.name=intake -c user.email=intake@users.noreply.github.com commit --quiet --message "data: take in issue #$NUMBER"
gh auth setup-git
git push --quiet --force origin "$branch"
if ! gh pr view "$branch" --json state --jq .state 2> /dev/null | grep --quiet OPEN; then
  gh pr create --head "$branch" --title "Take in issue #$NUMBER" --body-file "$folder/pull-request.md"
else
  gh pr edit "$branch" --body-file "$folder/pull-request.md"
fi
gh issue comment "$NUMBER" --body-file "$folder/answer.md"
