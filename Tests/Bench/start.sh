# shellcheck shell=bash
# Starting: what every command pays before it does anything.
measure 'rehearse --version' 5 rehearse --version
