# shellcheck shell=bash
# The commands that a person waits for, on the worked example.
example
measure 'check' 20 rehearse check
measure 'diff staging production' 20 rehearse diff staging production
measure 'plan release' 20 rehearse plan release -e staging --input VERSION=1.5.0
