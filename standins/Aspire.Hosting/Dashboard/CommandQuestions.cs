using System.Collections.Concurrent;
using System.Threading.Channels;
using Aspire.Hosting.Dashboard.Wire;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// What commands ask before they are carried out, in a dialog of the dashboard. This one is too old to ask by itself, as the dashboard of
/// the real package does. Thread safe.
/// </summary>
internal sealed class CommandQuestions
{
    private readonly ConcurrentDictionary<int, Question> _open = new();
    private readonly ConcurrentDictionary<ChannelWriter<InteractionUpdate>, bool> _dashboards = new();
    private int _last;

    /// <summary>Asks every dashboard that is open, and waits for the first answer. Null when it was given up.</summary>
    public async Task<InteractionInputCollection?> AskAsync(string title, string? message, IReadOnlyList<InteractionInput> wanted, IServiceProvider services, CancellationToken cancellationToken)
    {
        // The ones of the command are there for everybody who gives it.
        var inputs = new InteractionInputCollection([.. wanted.Select(CopyOf)]);
        foreach (var input in inputs.Where(input => input.DynamicLoading is not null))
        {
            await input.DynamicLoading!.LoadCallback(new LoadInputContext { Input = input, AllInputs = inputs, Services = services, CancellationToken = cancellationToken }).ConfigureAwait(false);
        }

        var update = new InteractionUpdate
        {
            InteractionId = Interlocked.Increment(ref _last),
            Title = title,
            Message = message ?? "",
            PrimaryButtonText = title,
            SecondaryButtonText = "Cancel",
            ShowSecondaryButton = true,
            ShowDismiss = true,
            InputsDialog = new InputsDialogMessage(),
        };
        update.InputsDialog.InputItems.AddRange(inputs.Select(MessageOf));
        var question = new Question(inputs, update);
        _open[update.InteractionId] = question;
        try
        {
            Tell(update);
            return await question.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false) ? inputs : null;
        }
        finally
        {
            _open.TryRemove(update.InteractionId, out _);
            Tell(new InteractionUpdate { InteractionId = update.InteractionId, Complete = new InteractionEnd() });
        }
    }

    /// <summary>What a dashboard is told from now on, what is being asked already first.</summary>
    public Channel<InteractionUpdate> Join()
    {
        var dashboard = Channel.CreateUnbounded<InteractionUpdate>();
        _dashboards[dashboard.Writer] = true;
        foreach (var question in _open.Values)
        {
            dashboard.Writer.TryWrite(question.Update);
        }

        return dashboard;
    }

    /// <summary>A dashboard has gone.</summary>
    public void Leave(Channel<InteractionUpdate> dashboard) => _dashboards.TryRemove(dashboard.Writer, out _);

    /// <summary>Takes an answer. One that only reports what is being typed changes nothing.</summary>
    public void Take(InteractionRequest request)
    {
        if (request.ResponseUpdate || !_open.TryGetValue(request.InteractionId, out var question))
        {
            return;
        }

        foreach (var answered in request.InputsDialog?.InputItems ?? [])
        {
            if (question.Inputs.TryGetByName(answered.Name, out var input))
            {
                input.Value = answered.Value;
            }
        }

        question.Answer.TrySetResult(request.InputsDialog is not null);
    }

    private void Tell(InteractionUpdate update)
    {
        foreach (var dashboard in _dashboards.Keys)
        {
            dashboard.TryWrite(update);
        }
    }

    private static InteractionInput CopyOf(InteractionInput input) => new()
    {
        Name = input.Name,
        Label = input.Label,
        InputType = input.InputType,
        Required = input.Required,
        Options = input.Options,
        DynamicLoading = input.DynamicLoading,
        Value = input.Value,
    };

    private static InputMessage MessageOf(InteractionInput input)
    {
        var message = new InputMessage
        {
            Name = input.Name,
            Label = input.Label ?? input.Name,
            Required = input.Required,
            Value = input.Value ?? "",
            InputType = input.InputType switch
            {
                InputType.SecretText => InputTypeValue.SecretText,
                InputType.Choice => InputTypeValue.Choice,
                InputType.Boolean => InputTypeValue.Boolean,
                InputType.Number => InputTypeValue.Number,
                _ => InputTypeValue.Text,
            },
        };
        foreach (var (value, label) in input.Options ?? [])
        {
            message.Options[value] = label;
        }

        return message;
    }

    private sealed record Question(InteractionInputCollection Inputs, InteractionUpdate Update)
    {
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
