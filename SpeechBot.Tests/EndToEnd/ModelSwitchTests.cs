using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using SpeechBot.AppHost.Models;

namespace SpeechBot.Tests.EndToEnd;

/// <summary>The command "Switch model" as the dashboard gives it. The other models are the starter models under other names.</summary>
[Collection(nameof(EndToEndCollection))]
public sealed class ModelSwitchTests(AppHostFixture system)
{
    [Theory]
    [InlineData("llm", "Twin", "SmolLM2-135M-Instruct.Q4_1")]
    [InlineData("tts", "en_US-twin-medium", "en_US-joe-medium")]
    public async Task Another_model_takes_over_and_the_dashboard_shows_it(string engine, string other, string starter)
    {
        await system.HealthyAsync(engine);
        try
        {
            var changed = await SwitchAsync(engine, other);

            Assert.True(changed.Success, changed.Message);
            await ShownAsync(engine, other);
            using var client = system.Client(engine);
            Assert.Contains($"\"model\": \"{other}\"", await client.GetStringAsync("/health", TestContext.Current.CancellationToken));
        }
        finally
        {
            Assert.True((await SwitchAsync(engine, starter)).Success);
        }
    }

    [Fact]
    public async Task The_command_offers_what_the_engine_knows()
    {
        await system.HealthyAsync("tts");
        var asked = Assert.Single(Resource("tts").Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == SwitchModelCommand.Name).Arguments);

        await asked.DynamicLoading!.LoadCallback(new LoadInputContext
        {
            Input = asked,
            AllInputs = new InteractionInputCollection([asked]),
            Services = system.Application.Services,
            CancellationToken = TestContext.Current.CancellationToken,
        });

        var offered = asked.Options!.ToDictionary(option => option.Key, option => option.Value);
        Assert.EndsWith("(in use)", offered["en_US-joe-medium"]);
        Assert.DoesNotContain("(", offered["en_US-twin-medium"]);
        Assert.EndsWith("(is downloaded first)", offered["en_GB-alba-medium"]);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_refused_with_a_reason()
    {
        await system.HealthyAsync("tts");

        var refused = await SwitchAsync("tts", "nobody");

        Assert.False(refused.Success);
        Assert.NotEmpty(refused.Message!);
    }

    private IResource Resource(string name) => system.Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    private async Task ShownAsync(string engine, string model)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await system.Application.ResourceNotifications.WaitForResourceAsync(
            engine, change => change.Snapshot.Properties.Any(property => property.Name == "Model" && property.Value as string == model), patience.Token);
    }

    private Task<ExecuteCommandResult> SwitchAsync(string engine, string model) => system.Application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(
        Resource(engine), SwitchModelCommand.Name,
        new InteractionInputCollection([new InteractionInput { Name = SwitchModelCommand.Model, InputType = InputType.Choice, Value = model }]),
        TestContext.Current.CancellationToken);
}
