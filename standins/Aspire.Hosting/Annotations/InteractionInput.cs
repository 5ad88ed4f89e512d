using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>Something that a command asks for.</summary>
public sealed class InteractionInput
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is shown.</summary>
    public string? Label { get; init; }

    /// <summary>How it is asked for.</summary>
    public required InputType InputType { get; init; }

    /// <summary>Whether it must be answered.</summary>
    public bool Required { get; init; }

    /// <summary>Values and labels to choose from.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>Fills the options in when it is asked.</summary>
    public InputLoadOptions? DynamicLoading { get; init; }

    /// <summary>The answer.</summary>
    public string? Value { get; set; }
}

/// <summary>How something is asked for.</summary>
public enum InputType
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A line that is not shown.</summary>
    SecretText,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>Yes or no.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A file.</summary>
    File,
}

/// <summary>Fills an input in when it is asked.</summary>
public sealed class InputLoadOptions
{
    /// <summary>Does it.</summary>
    public required Func<LoadInputContext, Task> LoadCallback { get; init; }
}

/// <summary>What is known when an input is filled in.</summary>
public sealed class LoadInputContext
{
    /// <summary>The input.</summary>
    public required InteractionInput Input { get; init; }

    /// <summary>All inputs of the command.</summary>
    public required InteractionInputCollection AllInputs { get; init; }

    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Ends it early.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>The inputs of a command, by name.</summary>
public sealed class InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) : IReadOnlyList<InteractionInput>
{
    /// <summary>How many there are.</summary>
    public int Count => inputs.Count;

    /// <summary>One of them.</summary>
    public InteractionInput this[int index] => inputs[index];

    /// <summary>One of them.</summary>
    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input) => (input = inputs.FirstOrDefault(found => found.Name == name)) is not null;

    /// <inheritdoc/>
    public IEnumerator<InteractionInput> GetEnumerator() => inputs.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => inputs.GetEnumerator();
}
