using LLama.Native;

namespace LLama.Batched;

public sealed partial class Conversation
{
    /// <summary>Changes the cache of a conversation and answers its new end.</summary>
    public delegate LLamaPos ModifyKvCache(LLamaPos end, KvAccessor kv);

    /// <summary>Changes what is in the cache. The conversation must be prompted before it can be sampled again.</summary>
    public void Modify(ModifyKvCache modifier)
    {
        AssertNotDisposed();
        if (RequiresInference)
        {
            throw new CannotModifyWhileRequiresInferenceException();
        }

        _end = modifier(_end, new KvAccessor(this));
        _requiredEpoch = 0;
    }

    /// <summary>The cache of one conversation.</summary>
    public readonly ref struct KvAccessor
    {
        private readonly Conversation _conversation;

        internal KvAccessor(Conversation conversation) => _conversation = conversation;

        private SafeLLamaContextHandle Cache => _conversation.Executor.Context.NativeHandle;

        /// <summary>Forgets the tokens from start up to but not including end.</summary>
        public void Remove(LLamaPos start, LLamaPos end) => Cache.MemorySequenceRemove(_conversation.ConversationId, start, end);

        /// <summary>Forgets that many tokens.</summary>
        public void Remove(LLamaPos start, int count)
        {
            if (count > 0)
            {
                Cache.MemorySequenceRemove(_conversation.ConversationId, start, start.Value + count);
            }
        }

        /// <summary>Moves tokens to other positions.</summary>
        public void Add(LLamaPos start, LLamaPos end, int delta) => Cache.MemorySequenceAdd(_conversation.ConversationId, start, end, delta);
    }
}
