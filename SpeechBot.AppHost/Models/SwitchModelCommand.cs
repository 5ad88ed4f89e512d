using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SpeechBot.AppHost.Services;

namespace SpeechBot.AppHost.Models;

/// <summary>A command in the dashboard that gives an engine another model while it runs.</summary>
public static class SwitchModelCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "switch-model";

    /// <summary>The name of its only argument: the model's id.</summary>
    public const string Model = "model";

    private const string Choices = "/v1/speechbot/models";
    private const string Change = "/v1/speechbot/model";

    // A download takes as long as it takes; who gives the command can give it up.
    private static readonly TimeSpan Patience = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Adds the command "Switch model". It asks which of the models that the engine knows; one that is not here yet is downloaded, and the
    /// old one serves until the new one is ready.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithModelSwitch(this IResourceBuilder<ProjectResource> engine) =>
        engine.WithCommand(Name, "Switch model", context => SwitchAsync(engine, context), new CommandOptions
        {
            Description = "Loads another model beside the one that serves, and changes to it when it is ready.",
            IconName = "ArrowSwap",
            Arguments =
            [
                new InteractionInput
                {
                    Name = Model,
                    Label = "Model",
                    InputType = InputType.Choice,
                    Required = true,
                    DynamicLoading = new InputLoadOptions { LoadCallback = context => OfferAsync(engine, context) },
                },
            ],
            UpdateState = ServiceCommands.WhileRunning,
        });

    private static async Task OfferAsync(IResourceBuilder<ProjectResource> engine, LoadInputContext context)
    {
        using var client = engine.Client(Patience);
        var models = JsonNode.Parse(await client.GetStringAsync(Choices, context.CancellationToken))?["data"]?.AsArray() ?? new JsonArray();
        context.Input.Options = [.. models.Select(model => KeyValuePair.Create(model!["id"]!.GetValue<string>(), Label(model!)))];
    }

    private static string Label(JsonNode model)
    {
        var size = model["size"] is { } bytes ? $", {bytes.GetValue<long>() / 1_000_000} MB" : "";
        var state = model["in_use"]!.GetValue<bool>() ? " (in use)" : model["present"]!.GetValue<bool>() ? "" : " (is downloaded first)";
        return $"{model["name"]}{size}{state}";
    }

    private static async Task<ExecuteCommandResult> SwitchAsync(IResourceBuilder<ProjectResource> engine, ExecuteCommandContext context)
    {
        if (!context.Arguments.TryGetByName(Model, out var input) || input.Value is not { Length: > 0 } model)
        {
            return CommandResults.Failure($"Which model? {engine.GetEndpoint("http").Url}{Choices} lists those that there are.");
        }

        using var client = engine.Client(Patience);
        using var response = await client.PutAsJsonAsync(Change, new { model }, context.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(context.CancellationToken));
        if (!response.IsSuccessStatusCode)
        {
            return CommandResults.Failure(answer?["error"]?["message"]?.ToString() ?? $"{Change} answered {(int)response.StatusCode}.");
        }

        await ModelFacts.ShowAsync(engine.Resource, context.Services, context.CancellationToken);
        return CommandResults.Success($"{answer!["model"]} serves, on {answer["accelerator"]}.");
    }
}
