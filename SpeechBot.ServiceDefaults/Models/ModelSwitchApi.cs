using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpeechBot.ServiceDefaults.OpenAi;

namespace SpeechBot.ServiceDefaults.Models;

/// <summary>
/// Lists the models that a service can change to, and changes it. It lies under <c>/v1</c>, where the API key guards it, or without one
/// the rule that only this machine is answered.
/// </summary>
public static class ModelSwitchApi
{
    /// <summary>Maps <c>GET /v1/speechbot/models</c> and <c>PUT /v1/speechbot/model</c>.</summary>
    public static IEndpointRouteBuilder MapModelSwitch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/speechbot/models", (ModelSwitch change) => change.Choices())
            .WithTags("Models").WithSummary("The models that this service can change to");
        routes.MapPut("/v1/speechbot/model", (WantedModel wanted, ModelSwitch change, HttpContext context) => change.SwitchAsync(wanted.Model, context.RequestAborted))
            .WithTags("Models").WithSummary("Changes to another model; the old one serves until the new one is ready")
            .WithDescription("Answers when the new model serves. Where it cannot be used the old one stays. The change lasts until the service is started again.")
            .Produces<OpenAiErrorEnvelope>(404).Produces<OpenAiErrorEnvelope>(409).Produces<OpenAiErrorEnvelope>(422).Produces<OpenAiErrorEnvelope>(503);
        return routes;
    }
}
