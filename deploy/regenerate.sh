#!/bin/sh
# Writes manifest.json with the AppHost and docker-compose.yaml with aspirate 9.1.0. The other files in this folder are kept by hand.
set -eu
cd "$(dirname "$0")"

if ! command -v aspirate >/dev/null 2>&1; then
    echo "aspirate was not found. Install it with 'dotnet tool install --global aspirate --version 9.1.0' and run this again." >&2
    exit 1
fi

dotnet run --project ../SpeechBot.AppHost -- --publisher manifest --output-path "$PWD/manifest.json"

# It targets .NET 9, and its version check ends the run where its feed cannot be reached.
export DOTNET_ROLL_FORWARD=Major
aspirate settings update-checks disable
# Doubled braces: aspirate takes a pair off, and compose finds ${NAME:?...}, which it fills from .env or refuses to start.
aspirate generate --non-interactive --disable-state --skip-build --disable-secrets \
    --output-format compose --output-path . --aspire-manifest ./manifest.json \
    --include-dashboard false --container-image-tag latest \
    --parameter 'api-key=${{API_KEY:?set API_KEY}}' \
    --parameter 'cache-password=${{CACHE_PASSWORD:?set CACHE_PASSWORD}}'
