#!/usr/bin/env bash
# Fetches what the last build of the main branch remembers into the folder named: remembered.sh FOLDER
# From an artifact of a run of Deploy, which that run alone could write, and no other workflow: see
# docs/decisions/0050-what-deploy-remembers.md. Whatever fails, the build renders everything. Needs gh with GH_TOKEN and GH_REPO.
set -euo pipefail
folder=$1 run=
mkdir -p "$folder"
runs="repos/$GH_REPO/actions/workflows/deploy.yml/runs?branch=main&status=success&per_page=20"
# The newest comes first. A stranger's pull request may bear the same file's and branch's name: event and home tell it apart.
while IFS=$'\t' read -r number event home; do
  case $event in push | schedule | workflow_dispatch) ;; *) continue ;; esac
  if [ "$home" = "$GH_REPO" ]; then run=$number && break; fi
done < <(gh api "$runs" --jq '.workflow_runs[] | "\(.id)\t\(.event)\t\(.head_repository.full_name)"')
if [ -n "$run" ] && gh run download "$run" --name remembered --dir "$folder"; then
  echo "Remembering the pages of run $run."
else
  echo "Nothing is remembered: every page is rendered."
fi
